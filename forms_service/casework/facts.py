"""What workflows, forms and documents may know of a case: nested plain data."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.casework.month import month_facts
from forms_service.casework.subjects import match_of, match_told_of, participant_of
from forms_service.domain.goals import MOST_GOALS
from forms_service.domain.match import MatchStatus
from forms_service.engine.service import Subject
from forms_service.storage.cases import ContactRow, GoalRow, MatchRow, ParticipantRow
from forms_service.storage.people import OfficeRow, PersonRow


def facts_of(session: Session, subject: Subject, today: date) -> dict[str, object]:
    """``{"case": {...}, "match": {...}}`` as far as there are any; the names stand in casework.vocabulary."""
    participant = participant_of(session, subject)
    match = match_of(session, subject)
    facts: dict[str, object] = {}
    if participant:
        facts["case"] = _case(session, participant, subject)
    if match:
        facts["match"] = {**_match(session, match), **month_facts(session, match, today)}
    return facts


def _case(session: Session, participant: ParticipantRow, subject: Subject) -> dict[str, object]:
    return {
        "case_number": participant.case_number,
        "participant_name": participant.name,
        "office": session.get_one(OfficeRow, participant.office_id).name,
        "caseworker": _name(session, participant.caseworker_id),
        "primary_contact": _name(session, participant.primary_contact_id),
        "has_contact": _is_there(session, participant.primary_contact_id),
        "peer_name": _peer_to_tell(session, subject),
        "phase": participant.phase,
        "wishes": participant.wishes,
        "gender": participant.gender,
        "birth_year": participant.birth_year,
        "status": participant.status,
    }


def _peer_to_tell(session: Session, subject: Subject) -> str:
    """Empty when there has been no match, or its peer has left."""
    match = match_told_of(session, subject)
    peer = session.get_one(PersonRow, match.peer_id) if match else None
    return peer.name if peer and peer.active else ""


def _match(session: Session, match: MatchRow) -> dict[str, object]:
    goals = _goals(session, match)
    contacts = _contacts(session, match)
    return {
        "peer_name": _name(session, match.peer_id),
        "started": match.started_on,
        "closed": match.closed_on,
        "paused": "yes" if match.status == MatchStatus.PAUSED else "no",
        "hours_per_week": match.hours_per_week,
        "goal_count": len(goals),
        **{f"goal_{n}": goals[n - 1]["text"] if n <= len(goals) else "" for n in range(1, MOST_GOALS + 1)},
        "goals": goals,
        "contact_count": sum(count for _, count in contacts),
        "contacts": [{"kind": kind, "count": count} for kind, count in contacts],
        "closure_reason": match.closure_reason,
    }


def _goals(session: Session, match: MatchRow) -> list[dict[str, str]]:
    rows = session.scalars(select(GoalRow).where(GoalRow.match_id == match.id).order_by(GoalRow.number))
    return [{"text": row.text, "status": row.status} for row in rows]


def _contacts(session: Session, match: MatchRow) -> list[tuple[str, int]]:
    """How many of each kind, the most frequent first."""
    count = func.count()
    by_kind = select(ContactRow.kind, count).where(ContactRow.match_id == match.id).group_by(ContactRow.kind)
    return [(kind, number) for kind, number in session.execute(by_kind.order_by(count.desc(), ContactRow.kind))]


def _is_there(session: Session, person_id: str | None) -> str:
    """Whether somebody is there still who was."""
    person = session.get(PersonRow, person_id) if person_id else None
    return "yes" if person and person.active else "no"


def _name(session: Session, person_id: str | None) -> str:
    person = session.get(PersonRow, person_id) if person_id else None
    return person.name if person else ""
