"""How much is measured: all of it, or just enough to see that the bench still works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """``runs`` in one repetition; ``sleeping``: numbers of steps that wait for their day; ``looks``: at each page.

    ``idle`` and ``hurry``: seconds. ``participants``: in the small and in the large city.
    """

    rounds: int
    runs: int
    repeats: int
    kills: int
    polls: int
    sleeping: tuple[int, ...]
    idle: float
    participants: tuple[int, int]
    hurry: float
    looks: int


WHOLE = Size(
    rounds=40,
    runs=60,
    repeats=9,
    kills=30,
    polls=300,
    sleeping=(1_000, 100_000, 1_000_000),
    idle=20.0,
    participants=(100, 100_000),
    hurry=60.0,
    looks=50,
)
SMALL = Size(
    rounds=2,
    runs=3,
    repeats=1,
    kills=1,
    polls=3,
    sleeping=(10, 20),
    idle=1.0,
    participants=(20, 20),
    hurry=1.0,
    looks=3,
)
