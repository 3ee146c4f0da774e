"""A demo's people and their cases, many times over: every row is copied under ids of its own, inside the database.

What the engine has made once is real, so its copies are as a database of that size would be; only a document's bytes
are left out, and instants are spread: earlier for what has happened, later for what is to come. Offices, and the people
who carry the service, are not copied: they see the whole crowd.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

import forms_service.storage.tables  # noqa: F401 - every table has to be known
from forms_service.domain.people import Role
from forms_service.storage.base import Base, Instant

MARK = "~"
"""Stands before a copy's number in its ids; no id of the service's own has it."""
COPIED = (
    *("person", "peer", "participant", "participant_word", "waiting", "match", "goal", "release", "contact", "access"),
    *("run", "step", "submission", "event", "document", "delivery", "link", "message"),
)
UNIQUE = {
    "participant": ("case_number", "name"),
    "person": ("name",),
    "run": ("subject_id", "parent_step_id", "start_key"),
    "step": ("child_run_id",),
    "submission": ("nonce",),
    "document": ("subject_id", "number"),
    "message": ("message_id",),
}
"""What is a copy's own, besides ids and references to copied rows."""
LEFT_OUT: dict[tuple[str, str], ColumnElement[Any]] = {
    ("access", "seal"): literal(1),
    ("document", "pdf"): literal(b""),
}
TIES = ("run_id", "match_id", "participant_id", "step_id", "document_id", "person_id")
"""By the first of these that a table has, it is known whose its rows are."""
FOLLOW = frozenset({Role.COORDINATOR, Role.PROJECT_LEAD, Role.ADMIN})
TO_COME = frozenset({"due_at", "late_at", "expires_at", "lease_until"})
MINUTES_APART = 7
TABLES = Base.metadata.tables


class minutes_later(GenericFunction[Any]):  # noqa: N801 - named as functions of a database are
    """An instant so many minutes later, as the database reckons: ``minutes_later(instant, minutes)``."""

    type = Instant()
    inherit_cache = True


@compiles(minutes_later, "sqlite")
def _in_sqlite(element: minutes_later, compiler: SQLCompiler, **kw: Any) -> str:
    instant, minutes = (compiler.process(each, **kw) for each in element.clauses)
    return f"strftime('%Y-%m-%d %H:%M:%f000', {instant}, ({minutes}) || ' minutes')"


@compiles(minutes_later, "postgresql")
def _in_postgresql(element: minutes_later, compiler: SQLCompiler, **kw: Any) -> str:
    instant, minutes = (compiler.process(each, **kw) for each in element.clauses)
    return f"({instant} + ({minutes}) * interval '1 minute')"


def multiply(session: Session, participants: int) -> None:
    """Until there are about so many: one in ten has a whole story, the others have only asked and wait."""
    whole, newcomers = _originals("participant"), _without_match()
    stories = max(1, participants // 10 // _count(session, whole))
    _copy(session, whole, 1, stories, staff=True)
    rest = participants - (stories + 1) * _count(session, whole)
    _copy(session, newcomers, stories + 1, rest // _count(session, newcomers), staff=False)


def _copy(session: Session, whose: sa.Select[str], first: int, times: int, *, staff: bool) -> None:
    numbers = _numbers(first, first + times - 1)
    for table in Base.metadata.sorted_tables:
        if table.name in COPIED and (staff or table.name not in ("person", "peer")):
            columns = dict(_columns(table, numbers.c.number, staff))
            rows = sa.select(*columns.values()).select_from(table.join(numbers, sa.true()))
            wanted = rows.where(_is_of(table, whose))
            session.execute(sa.insert(table).from_select(list(columns), wanted))
    _add_words(session, whose, numbers)


def _add_words(session: Session, whose: sa.Select[str], numbers: sa.CTE) -> None:
    """One by which only a few copies are found: ``number17``."""
    participant, number = TABLES["participant"], numbers.c.number
    word = literal("number") + sa.cast(number, sa.String)
    rows = sa.select(word, _copy_of(participant.c.id, number)).select_from(participant.join(numbers, sa.true()))
    wanted = rows.where(participant.c.id.in_(whose))
    session.execute(sa.insert(TABLES["participant_word"]).from_select(["word", "participant_id"], wanted))


def _columns(table: Table, number: ColumnElement[int], staff: bool) -> Iterator[tuple[str, ColumnElement[Any]]]:
    for column in table.columns:
        if (table.name, column.name) in LEFT_OUT:
            yield column.name, LEFT_OUT[table.name, column.name]
        elif column.primary_key and not column.foreign_keys and isinstance(column.type, sa.Integer):
            continue
        elif isinstance(column.type, Instant):
            minutes = number * (MINUTES_APART if column.name in TO_COME else -MINUTES_APART)
            yield column.name, minutes_later(column, minutes)
        elif _is_own(table, column, staff):
            yield column.name, _copy_of(column, number, is_staff=_points_to(column) == "person")
        else:
            yield column.name, column


def _is_own(table: Table, column: sa.Column[object], staff: bool) -> bool:
    target = _points_to(column)
    if target == "person":
        return staff
    is_id = column.primary_key and target is None and column.name == "id"
    return is_id or target in COPIED or column.name in UNIQUE.get(table.name, ())


def _copy_of(column: ColumnElement[str], number: ColumnElement[int], is_staff: bool = False) -> ColumnElement[object]:
    """What is empty stays so, and so do the people who carry the service."""
    stays = column == ""
    if is_staff:
        person = TABLES["person"].alias()
        stays |= column.in_(sa.select(person.c.id).where(person.c.role.in_(FOLLOW)))
    copied = column + literal(MARK) + sa.cast(number, sa.String)
    return sa.case((stays, column), else_=copied)


def _points_to(column: sa.Column[object]) -> str | None:
    return next((key.column.table.name for key in column.foreign_keys), None)


def _is_of(table: Table, whose: sa.Select[str]) -> ColumnElement[bool]:
    """Whether a row belongs to one of these participants, or is one of the people around them."""
    match, run = TABLES["match"], TABLES["run"]
    matches = sa.select(match.c.id).where(match.c.participant_id.in_(whose))
    runs = sa.select(run.c.id).where(run.c.subject_id.in_(whose) | run.c.subject_id.in_(matches))
    steps = sa.select(TABLES["step"].c.id).where(TABLES["step"].c.run_id.in_(runs))
    papers = sa.select(TABLES["document"].c.id).where(TABLES["document"].c.run_id.in_(runs))
    if table.name == "participant":
        return table.c.id.in_(whose)
    if table.name == "run":
        return table.c.id.in_(runs)
    if table.name == "person":
        return table.c.role.not_in(FOLLOW) & table.c.id.not_like(f"%{MARK}%")
    theirs = {"participant_id": whose, "match_id": matches, "run_id": runs, "step_id": steps, "document_id": papers}
    tie = next(each for each in TIES if each in table.c)
    return table.c[tie].in_(theirs[tie]) if tie in theirs else table.c[tie].not_like(f"%{MARK}%")


def _originals(name: str) -> sa.Select[str]:
    ids = TABLES[name].alias().c.id
    return sa.select(ids).where(ids.not_like(f"%{MARK}%"))


def _without_match() -> sa.Select[str]:
    participant, matches = TABLES["participant"].alias(), TABLES["match"].alias()
    matched = sa.select(matches.c.participant_id)
    return sa.select(participant.c.id).where(participant.c.id.not_like(f"%{MARK}%"), participant.c.id.not_in(matched))


def _count(session: Session, ids: sa.Select[str]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(ids.subquery())) or 1


def _numbers(first: int, last: int) -> sa.CTE:
    numbers = sa.select(literal(first).label("number")).cte("numbers", recursive=True)
    return numbers.union_all(sa.select(numbers.c.number + 1).where(numbers.c.number < last))
