"""Two transactions that wait for each other: PostgreSQL breaks one of them, and that one is simply done again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

DO_AGAIN = frozenset({"40P01", "40001"})
"""SQLSTATE of deadlock_detected and serialization_failure."""
TRIES = 4


def done_again_after_conflict(act: Callable[[], T]) -> T:
    """``act`` is one whole transaction; nothing of a broken one is left."""
    for _ in range(TRIES - 1):
        try:
            return act()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in DO_AGAIN:
                raise
    return act()
