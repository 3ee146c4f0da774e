"""What a worker's heart must know: the step that its process is at, so that a long one stays its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Heart:
    """Written by the thread that works, read by the thread that beats; a token is one word, so no lock is needed."""

    token: str | None = None

    @contextmanager
    def holding(self, token: str) -> Iterator[None]:
        self.token = token
        try:
            yield
        finally:
            self.token = None
