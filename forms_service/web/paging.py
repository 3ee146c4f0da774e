"""Long lists come in pages: ``?side=2``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import abort, request
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

PAGE_SIZE = 25
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list; ``number`` counts from 1, ``total`` counts everything on all pages."""

    items: list[Item]
    number: int
    pages: int
    total: int


def page_of(
    session: Session, query: Select[Any], make: Callable[[Row[Any]], Item], size: int = PAGE_SIZE
) -> Page[Item]:
    """The page that the address asks for, in two queries however long the list is. 404 beyond its end."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    number = request.args.get("side", 1, type=int)
    if not 1 <= number <= pages:
        abort(404)
    rows = session.execute(query.limit(size).offset((number - 1) * size))
    return Page([make(row) for row in rows], number, pages, total)
