"""Long lists come in pages: ``?side=2``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, TypeVarTuple
from urllib.parse import urlencode

from flask import abort, request
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

PAGE_SIZE = 25
MOST_COUNTED = 1000
"""Rows that are counted and shown: further back one looks for something, and does not leaf through pages."""
Item = TypeVar("Item")
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list; ``number`` counts from 1, ``total`` counts everything on all pages."""

    items: list[Item]
    number: int
    pages: int
    total: int
    is_cut: bool = False
    """There is more than the pages show."""

    def address(self, number: int) -> str:
        """Another page of the same list, as it was chosen."""
        return "?" + urlencode({**request.args, "side": number})


def page_of(session: Session, query: Select[*Columns], make: Callable[[Row[*Columns]], Item]) -> Page[Item]:
    """The page that the address asks for, in two queries however long the list is. 404 beyond its end."""
    counted = query.order_by(None).limit(MOST_COUNTED + 1).subquery()
    found = session.scalar(select(func.count()).select_from(counted)) or 0
    total = min(found, MOST_COUNTED)
    number, pages = _place(total)
    rows = session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([make(row) for row in rows], number, pages, total, is_cut=found > total)


def page_in(items: Sequence[Item]) -> Page[Item]:
    """The page that the address asks for, of a list that is in memory already. 404 beyond its end."""
    number, pages = _place(len(items))
    first = (number - 1) * PAGE_SIZE
    return Page(list(items[first : first + PAGE_SIZE]), number, pages, len(items))


def _place(total: int) -> tuple[int, int]:
    pages = max(1, -(-total // PAGE_SIZE))
    number = request.args.get("side", 1, type=int)
    return (number, pages) if 1 <= number <= pages else abort(404)
