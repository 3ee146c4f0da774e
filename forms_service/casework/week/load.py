"""Who has too much: peers over their hours, peers who say so, colleagues with much that is late."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Row, func, select

from forms_service.casework.access.tasks import WAITS
from forms_service.casework.candidates import HOURS_FREE, HOURS_TAKEN
from forms_service.casework.week.line import Line, Listing
from forms_service.domain.match import NOT_ENDED
from forms_service.engine.pause import PAUSED
from forms_service.storage.cases import ContactRow, MatchRow, ParticipantRow
from forms_service.storage.people import PeerRow, PersonRow
from forms_service.storage.runs import RunRow, StepRow

MANY = 3
"""So many late tasks are more than a bad day."""


def peers_over_their_hours() -> Listing:
    """The most hours over first; the number is how many."""
    over = (-1 * HOURS_FREE).label("over")
    found = select(PersonRow.name, PersonRow.phone, over).join(PeerRow, PeerRow.person_id == PersonRow.id)
    found = found.where(PersonRow.active, HOURS_TAKEN > 0, HOURS_FREE < 0)
    return Listing(found.order_by(over.desc(), PersonRow.name), _of_peer)


def too_much(since: date) -> Listing:
    """Peers who have said that it is becoming too much, in a match that goes on; the last time first."""
    found = (
        select(ParticipantRow.id, ParticipantRow.name, ParticipantRow.case_number, PersonRow.name, PersonRow.phone)
        .add_columns(ContactRow.on)
        .join(MatchRow, MatchRow.participant_id == ParticipantRow.id)
        .join(ContactRow, ContactRow.match_id == MatchRow.id)
        .join(PersonRow, PersonRow.id == MatchRow.peer_id)
        .where(MatchRow.status.in_(NOT_ENDED), ContactRow.too_much, ContactRow.on >= since)
    )
    return Listing(found.order_by(ContactRow.on.desc(), ContactRow.id), _of_match)


def colleagues_with_much_late(before: datetime) -> Listing:
    """Whoever has MANY tasks by name that were due before then; the number is how many."""
    late = func.count(StepRow.id)
    found = (
        select(PersonRow.name, PersonRow.phone, late)
        .join(StepRow, StepRow.person_id == PersonRow.id)
        .join(RunRow, RunRow.id == StepRow.run_id)
        .where(WAITS, StepRow.late_at < before, RunRow.status != PAUSED)
        .group_by(PersonRow.id, PersonRow.name, PersonRow.phone)
        .having(late >= MANY)
    )
    return Listing(found.order_by(late.desc(), PersonRow.name), _of_peer)


def _of_peer(row: Row[str, str, float]) -> Line:
    return Line(person=row[0], phone=row[1] or "", number=round(float(row[2]), 2))


def _of_match(row: Row[str, str, str, str, str, date]) -> Line:
    participant_id, name, number, peer, phone, on = row
    return Line(participant_id, name, number, peer, phone or "", day=on)
