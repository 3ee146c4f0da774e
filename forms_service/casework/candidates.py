"""Peers and participants as matching knows them."""

from __future__ import annotations

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from forms_service.domain.match import TAKES_HOURS
from forms_service.domain.matching import Peer, Seeker
from forms_service.domain.people import Gender
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import PeerRow, PersonRow


def active_peers(session: Session) -> list[Peer]:
    """All peers who work with the service now, by name."""
    return [_peer(row) for row in session.execute(_with_hours().where(PersonRow.active).order_by(PersonRow.name))]


def active_peer(session: Session, person_id: str) -> Peer | None:
    """One of them, with her hours as they are at this moment; None when she is no active peer."""
    row = session.execute(_with_hours().where(PersonRow.active, PersonRow.id == person_id)).one_or_none()
    return _peer(row) if row else None


def seeker(participant: ParticipantRow) -> Seeker:
    return Seeker(Gender(participant.gender), participant.birth_year, participant.wishes)


def _with_hours() -> Select[PersonRow, PeerRow, float]:
    taken = (
        select(MatchRow.peer_id, func.sum(MatchRow.hours_per_week).label("hours"))
        .where(MatchRow.status.in_(TAKES_HOURS))
        .group_by(MatchRow.peer_id)
        .subquery()
    )
    return (
        select(PersonRow, PeerRow, func.coalesce(taken.c.hours, 0.0))
        .join(PeerRow, PeerRow.person_id == PersonRow.id)
        .outerjoin(taken, taken.c.peer_id == PersonRow.id)
    )


def _peer(row: Row[PersonRow, PeerRow, float]) -> Peer:
    person, peer, taken = row
    return Peer(
        person_id=person.id,
        name=person.name,
        gender=Gender(peer.gender),
        birth_year=peer.birth_year,
        ready=peer.ready,
        courses_passed=peer.courses_passed,
        hours=peer.hours_per_week,
        hours_taken=taken,
        interests=peer.interests,
    )
