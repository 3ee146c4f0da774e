"""Keeping what is typed: nothing is written over that somebody else has not seen, and nothing is thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from forms_service.engine.drafts.draft import Draft, Place, Typed, draft_of, mark_of
from forms_service.engine.drafts.find import oldest_kept, row_of, was_sent
from forms_service.engine.runtime import Runtime
from forms_service.storage.base import new_id
from forms_service.storage.drafts import DraftRow, Pairs
from forms_service.storage.insert import insert_if_new


@dataclass(frozen=True, slots=True)
class Writing:
    """What a page wants kept. ``mark`` is the writing it builds on; ``page`` and ``stroke`` are its own number."""

    place: Place
    typed: Typed
    nonce: str
    mark: str = ""
    page: str = ""
    stroke: int = 0
    on_purpose: bool = False
    """Over whatever was written elsewhere, because somebody chose so."""
    by_itself: bool = False
    """The page wrote without being asked; such a writing may arrive after a later one."""


class Outcome(StrEnum):
    """What became of a writing."""

    SAVED = "saved"
    CONFLICT = "conflict"
    """Something else was written meanwhile; this was kept beside it."""
    SENT = "sent"
    """The form was sent already, in another tab: there is nothing to keep a draft of."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft as it is now; None when the form was sent."""

    outcome: Outcome
    draft: Draft | None


def save(rt: Runtime, session: Session, writing: Writing) -> Kept:
    """Keep it, in the caller's transaction."""
    if was_sent(session, writing.place.owner, writing.nonce):
        return Kept(Outcome.SENT, None)
    row = _living(rt, session, writing.place) or _begun(rt, session, writing)
    if _same(row.typed, writing.typed) or _is_late(row, writing):
        return Kept(Outcome.SAVED, draft_of(row))
    if not (writing.on_purpose or _is_newest(row, writing)):
        row.beside = _pairs(writing.typed)
        return Kept(Outcome.CONFLICT, draft_of(row))
    if writing.on_purpose and not _is_newest(row, writing):
        row.beside = row.typed
    _write(row, writing, rt.clock.now())
    return Kept(Outcome.SAVED, draft_of(row))


def exchange(rt: Runtime, session: Session, writing: Writing) -> None:
    """The other version takes the place of this one, and this one is kept beside it."""
    row = row_of(session, writing.place)
    if row is None or (_is_newest(row, writing) and row.beside is None):
        return
    if _is_newest(row, writing):
        row.typed, row.revision, row.page = row.beside or [], row.revision + 1, ""
    row.beside, row.updated_at = _pairs(writing.typed), rt.clock.now()


def _living(rt: Runtime, session: Session, place: Place) -> DraftRow | None:
    """The row, unless it is done with: then it makes room."""
    row = row_of(session, place)
    if row is None or not (row.updated_at < oldest_kept(rt) or was_sent(session, place.owner, row.nonce)):
        return row
    session.delete(row)
    session.flush()
    return None


def _begun(rt: Runtime, session: Session, writing: Writing) -> DraftRow:
    """A new row, or that of whoever began at the same moment and was first."""
    place, now = writing.place, rt.clock.now()
    insert_if_new(
        session,
        DraftRow,
        id=new_id(),
        owner=place.owner.code,
        person_id=place.owner.person_id,
        key=place.key,
        workflow=place.workflow,
        form=place.form,
        definition_id=place.definition_id,
        subject_kind=place.subject.kind,
        subject_id=place.subject.id,
        typed=_pairs(writing.typed),
        nonce=writing.nonce,
        revision=1,
        page=writing.page,
        stroke=writing.stroke,
        created_at=now,
        updated_at=now,
    )
    row = row_of(session, place)
    assert row is not None  # it was inserted, or another transaction's is there
    return row


def _write(row: DraftRow, writing: Writing, now: datetime) -> None:
    row.typed, row.definition_id, row.form = _pairs(writing.typed), writing.place.definition_id, writing.place.form
    row.revision, row.page, row.stroke, row.updated_at = row.revision + 1, writing.page, writing.stroke, now


def _is_newest(row: DraftRow, writing: Writing) -> bool:
    """The page has seen the newest writing, or wrote it itself and has not heard of it."""
    own = bool(writing.page) and row.page == writing.page and row.stroke < writing.stroke
    return own or writing.mark == mark_of(row)


def _is_late(row: DraftRow, writing: Writing) -> bool:
    """The same page has written something newer since."""
    return writing.by_itself and row.page == writing.page != "" and row.stroke >= writing.stroke


def _same(pairs: Pairs, typed: Typed) -> bool:
    return [tuple(pair) for pair in pairs] == list(typed)


def _pairs(typed: Typed) -> Pairs:
    return [[name, value] for name, value in typed]
