"""Counting that ends somewhere: past a thousand the exact number helps nobody, and costs more the longer one waits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal_column, select

MOST = 1000


def up_to(query: Select[Any]) -> ScalarSelect[int]:
    """How many rows ``query`` finds, at most one more than MOST."""
    return select(func.count()).select_from(query.limit(MOST + 1).subquery()).scalar_subquery()


def word(value: str) -> ColumnElement[str]:
    """A status as it stands in an index's own condition: as a parameter the index would not be found."""
    return literal_column(f"'{value}'")
