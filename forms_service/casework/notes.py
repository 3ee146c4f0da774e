"""Striking a note: it can be read as before, with a line through it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import demand, own_match
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.errors import NotFound
from forms_service.storage.cases import MatchRow, NoteRow


def strike_note(session: Session, viewer: Viewer, participant_id: str, note_id: str, now: datetime) -> None:
    """By whoever wrote it, as long as she sees it; NotFound for all others. Struck twice is struck once."""
    demand(session, viewer, Thing.OWN_NOTES, participant_id)
    hers = select(NoteRow).where(NoteRow.id == note_id, NoteRow.participant_id == participant_id)
    row = session.scalars(hers.where(NoteRow.written_by == viewer.person_id)).one_or_none()
    if row is None or not _sees(session, viewer, row):
        raise NotFound
    row.struck_at = row.struck_at or now


def _sees(session: Session, viewer: Viewer, row: NoteRow) -> bool:
    """A peer's notes of an earlier match are hers no more, also when she walks beside the same participant again."""
    if row.match_id is None:
        return True
    own = select(MatchRow.id).where(MatchRow.id == row.match_id, own_match(viewer))
    return session.scalar(own) is not None
