"""A pause after a silence: of many who would wait for a server that says nothing, one does."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Rest:
    """``steady`` is a clock that nobody sets: after a leap of the wall clock a rest could last for months."""

    seconds: float
    steady: Callable[[], float] = time.monotonic
    until: float = float("-inf")

    def lasts(self) -> bool:
        return self.steady() < self.until

    def begin(self) -> None:
        self.until = self.steady() + self.seconds
