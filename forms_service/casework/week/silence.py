"""Where nothing has happened: matches without contact, participants without any event, peers without a word."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import aliased

from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.casework.week.line import Line, Listing
from forms_service.domain.match import MatchStatus
from forms_service.domain.people import ParticipantStatus
from forms_service.storage.cases import ContactRow, MatchRow, ParticipantRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, SubmissionRow

TALKS = ("relief_talk", "follow_up_talk", "evaluation_talk", "monthly_report")
"""Forms that the coordinator fills in when she has spoken with a peer, or about how it goes."""
ON_THE_WAY = (ParticipantStatus.REQUESTED, ParticipantStatus.WAITING, ParticipantStatus.PROPOSED)
"""Participants without a peer; of the others their match tells."""


def matches_without_contact(since: date) -> Listing:
    """Active matches with no contact after that day; a young one counts from its first day. The longest first."""
    last = select(func.max(ContactRow.on)).where(ContactRow.match_id == MatchRow.id).scalar_subquery()
    heard = func.coalesce(last, MatchRow.started_on)
    found = (
        select(
            ParticipantRow.id, ParticipantRow.name, ParticipantRow.case_number, PersonRow.name, PersonRow.phone, heard
        )
        .join(MatchRow, MatchRow.participant_id == ParticipantRow.id)
        .join(PersonRow, PersonRow.id == MatchRow.peer_id)
        .where(MatchRow.status == MatchStatus.ACTIVE, heard <= since)
    )
    return Listing(found.order_by(heard, ParticipantRow.case_number), _of_match)


def participants_without_events(before: datetime) -> Listing:
    """Those without a peer about whom nobody has sent a form since; the longest first."""
    theirs = aliased(MatchRow)
    of_match = select(theirs.id).where(theirs.participant_id == ParticipantRow.id).correlate(ParticipantRow)
    about = or_(
        (RunRow.subject_kind == PARTICIPANT) & (RunRow.subject_id == ParticipantRow.id),
        (RunRow.subject_kind == MATCH) & RunRow.subject_id.in_(of_match),
    )
    last = select(func.max(SubmissionRow.received_at)).join(RunRow, RunRow.id == SubmissionRow.run_id).where(about)
    seen = func.coalesce(last.correlate(ParticipantRow).scalar_subquery(), ParticipantRow.created_at)
    found = select(ParticipantRow.id, ParticipantRow.name, ParticipantRow.case_number, seen)
    found = found.where(ParticipantRow.status.in_(ON_THE_WAY), ParticipantRow.created_at < before, seen < before)
    return Listing(found.order_by(seen, ParticipantRow.case_number), _of_participant)


def peers_without_a_talk(since: datetime) -> Listing:
    """Peers who walk beside somebody, and of whom no talk is written down since; never comes first."""
    hers = select(MatchRow.id).where(MatchRow.peer_id == PersonRow.id).correlate(PersonRow)
    talk = select(func.max(SubmissionRow.received_at)).join(RunRow, RunRow.id == SubmissionRow.run_id)
    talk = talk.where(RunRow.subject_kind == MATCH, RunRow.subject_id.in_(hers), SubmissionRow.form.in_(TALKS))
    last = talk.correlate(PersonRow).scalar_subquery()
    walks = hers.where(MatchRow.status == MatchStatus.ACTIVE).exists()
    found = select(PersonRow.name, PersonRow.phone, last).where(
        PersonRow.active, walks, or_(last.is_(None), last < since)
    )
    return Listing(found.order_by(last.asc().nulls_first(), PersonRow.name, PersonRow.id), _of_peer)


def _of_match(row: Row[str, str, str, str, str, date]) -> Line:
    participant_id, name, number, peer, phone, heard = row
    return Line(participant_id, name, number, peer, phone or "", day=_date(heard))


def _of_participant(row: Row[str, str, str, datetime]) -> Line:
    return Line(row[0], row[1], row[2], day=_date(row[3]))


def _of_peer(row: Row[str, str, datetime | None]) -> Line:
    return Line(person=row[0], phone=row[1] or "", day=_date(row[2]) if row[2] else None)


def _date(value: date | datetime | str) -> date:
    """A calculated column comes back as a text from SQLite."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value
