"""Where a row stands: ``step``, ``step#2`` for an item of a list (``step#2.1`` nested), ``step/remind/1`` beside it."""

from __future__ import annotations

from collections.abc import Sequence

ITEMS = "#"
BESIDE = "/"


def path_to(step_id: str, items: Sequence[int] = ()) -> str:
    return f"{step_id}{ITEMS}{'.'.join(map(str, items))}" if items else step_id


def base_of(path: str) -> str:
    """The path of the step itself, for a row that stands beside it."""
    return path.partition(BESIDE)[0]


def step_of(path: str) -> str:
    """The step's id in the workflow."""
    return base_of(path).partition(ITEMS)[0]


def items_of(path: str) -> tuple[int, ...]:
    """Which item of each list around the step, from the outermost, counted from 1."""
    numbers = base_of(path).partition(ITEMS)[2]
    return tuple(int(number) for number in numbers.split(".")) if numbers else ()
