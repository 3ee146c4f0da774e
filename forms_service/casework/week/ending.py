"""What comes to an end or must be looked at again: pauses, and releases that run out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Row, and_, select

from forms_service.casework.subjects import MATCH
from forms_service.casework.week.line import Line, Listing
from forms_service.domain.match import MatchStatus
from forms_service.storage.cases import MatchRow, ParticipantRow, ReleaseRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow

PAUSE = "pause"
"""The workflow that a pause goes through: it began when the pause did."""


def standing_pauses() -> Listing:
    """The longest first."""
    goes_on = and_(
        RunRow.subject_kind == MATCH,
        RunRow.subject_id == MatchRow.id,
        RunRow.workflow == PAUSE,
        RunRow.status == "active",
    )
    found = (
        select(ParticipantRow.id, ParticipantRow.name, ParticipantRow.case_number, PersonRow.name, PersonRow.phone)
        .add_columns(RunRow.started_at)
        .join(MatchRow, MatchRow.participant_id == ParticipantRow.id)
        .join(PersonRow, PersonRow.id == MatchRow.peer_id)
        .outerjoin(RunRow, goes_on)
        .where(MatchRow.status == MatchStatus.PAUSED)
    )
    return Listing(found.order_by(RunRow.started_at.asc().nulls_last(), ParticipantRow.case_number), _of_pause)


def releases_that_run_out(first: date, last: date) -> Listing:
    """The first to end first."""
    found = (
        select(ParticipantRow.id, ParticipantRow.name, ParticipantRow.case_number, ReleaseRow.content)
        .add_columns(ReleaseRow.recipient, ReleaseRow.until)
        .join(ReleaseRow, ReleaseRow.participant_id == ParticipantRow.id)
        .where(ReleaseRow.withdrawn_at.is_(None), ReleaseRow.until.between(first, last))
    )
    return Listing(found.order_by(ReleaseRow.until, ParticipantRow.case_number, ReleaseRow.id), _of_release)


def _of_pause(row: Row[str, str, str, str, str, datetime | None]) -> Line:
    participant_id, name, number, peer, phone, since = row
    return Line(participant_id, name, number, peer, phone or "", day=since.date() if since else None)


def _of_release(row: Row[str, str, str, str, str, date]) -> Line:
    participant_id, name, number, content, recipient, until = row
    return Line(participant_id, name, number, title=content, role=recipient, day=until)
