"""Records on their table: opening one, changing one, and what is known of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.case_number import case_number
from forms_service.engine.service import Subject
from forms_service.errors import NotFound
from forms_service.language.vocabulary import ValueType
from forms_service.register.description import Kind
from forms_service.register.vocabulary import CASE
from forms_service.storage.counters import next_number
from forms_service.storage.register import RecordRow


def open_record(session: Session, kind: Kind, values: Mapping[str, object], now: datetime, today: date) -> Subject:
    """A new record with the next number of its kind this year; fields that no value is given for are empty."""
    number = case_number(today.year, next_number(session, f"record:{kind.key}:{today.year}"))
    row = RecordRow(kind=kind.key, number=f"{kind.number}-{number}", content=_stored(kind, values), created_at=now)
    session.add(row)
    session.flush()
    return Subject(kind.key, row.id)


def change_record(session: Session, kind: Kind, subject: Subject, values: Mapping[str, object]) -> None:
    row = session.get_one(RecordRow, subject.id)
    row.content = {**row.content, **_stored(kind, values)}
    session.flush()


def lock_record(session: Session, subject: Subject) -> None:
    """Of two moves at the same time one comes after the other (SQLite locks the whole file anyway)."""
    session.flush()
    session.get_one(RecordRow, subject.id, with_for_update=True, populate_existing=True)


def facts_of(session: Session, kind: Kind, subject: Subject) -> dict[str, object]:
    """``{"loan": {"book": …}, "case": {"case_number": "L-2026-0001"}}``; None for what is not set.

    NotFound when there is no such record: an address of a page can name anything.
    """
    row = session.get(RecordRow, subject.id)
    if row is None or row.kind != kind.key:
        raise NotFound
    content = {name: _read(type_, row.content.get(name)) for name, type_ in kind.fields.items()}
    return {kind.key: content, CASE: {"case_number": row.number}}


def subjects_of(session: Session, kind: str) -> tuple[Subject, ...]:
    """All records of a kind, the oldest first."""
    found = select(RecordRow.id).where(RecordRow.kind == kind).order_by(RecordRow.created_at, RecordRow.number)
    return tuple(Subject(kind, key) for key in session.scalars(found))


def numbers_of(session: Session, subjects: Collection[Subject]) -> dict[Subject, str]:
    """The numbers of those that are records."""
    rows = select(RecordRow.kind, RecordRow.id, RecordRow.number)
    found = session.execute(rows.where(RecordRow.id.in_([each.id for each in subjects])))
    return {Subject(kind, key): number for kind, key, number in found}


def _stored(kind: Kind, values: Mapping[str, object]) -> dict[str, object]:
    """Plain JSON: a date as ISO text, yes and no as the words that forms use."""
    return {name: _plain(kind.fields[name], value) for name, value in values.items()}


def _plain(type_: ValueType, value: object) -> object:
    if type_ is ValueType.YES_NO and isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def _read(type_: ValueType, value: object) -> object:
    return date.fromisoformat(value) if type_ is ValueType.DATE and isinstance(value, str) else value
