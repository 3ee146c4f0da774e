"""Long lists come in pages: ``?side=2``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, TypeVarTuple
from urllib.parse import urlencode

from flask import abort, request
from sqlalchemy import Row, Select, SelectBase, func, literal, select
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
    bare = query.order_by(None).with_only_columns(literal(1).label("line"), maintain_column_froms=True)
    page = place_in(counted(session, bare.limit(MOST_COUNTED + 1)))
    rows = session.execute(query.limit(PAGE_SIZE).offset(page.before))
    return page.with_items([make(row) for row in rows])


def counted(session: Session, rows: SelectBase) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page that the address asks for stands in a list; ``before`` counts what comes on earlier pages."""

    number: int
    pages: int
    total: int
    is_cut: bool = False

    @property
    def before(self) -> int:
        return (self.number - 1) * PAGE_SIZE

    def with_items(self, items: Sequence[Item]) -> Page[Item]:
        return Page(list(items), self.number, self.pages, self.total, self.is_cut)


def place_in(found: int) -> Place:
    """``found`` is counted to one more than MOST_COUNTED. 404 beyond the end."""
    return _place(min(found, MOST_COUNTED), is_cut=found > MOST_COUNTED)


def page_in(items: Sequence[Item]) -> Page[Item]:
    """The page that the address asks for, of a list that is in memory already. 404 beyond its end."""
    place = _place(len(items))
    return place.with_items(items[place.before : place.before + PAGE_SIZE])


def _place(total: int, *, is_cut: bool = False) -> Place:
    pages = max(1, -(-total // PAGE_SIZE))
    number = request.args.get("side", 1, type=int)
    return Place(number, pages, total, is_cut) if 1 <= number <= pages else abort(404)
