"""What a worker's heart must know: the step that its process is at, so that a long one stays its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A step that is being worked at, under which claim, and since when."""

    token: str
    step_id: str
    since: datetime


@dataclass(slots=True)
class Heart:
    """Written by the thread that works, read by the thread that beats; it is one word, so no lock is needed."""

    held: Held | None = None

    @contextmanager
    def holding(self, token: str, step_id: str, since: datetime) -> Iterator[None]:
        self.held = Held(token, step_id, since)
        try:
            yield
        finally:
            self.held = None
