"""Peers and participants as matching knows them."""

from __future__ import annotations

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from forms_service.domain.match import TAKES_HOURS
from forms_service.domain.matching import Peer, Seeker
from forms_service.domain.people import Gender
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.known import is_one_of
from forms_service.storage.people import PeerRow, PersonRow

HOURS_TAKEN = func.coalesce(
    select(func.sum(MatchRow.hours_per_week))
    .where(MatchRow.peer_id == PersonRow.id, is_one_of(MatchRow.status, TAKES_HOURS))
    .correlate(PersonRow)
    .scalar_subquery(),
    0.0,
)
"""A week, by matches that take hours; asked for each peer by herself, so that a page costs what it shows."""
HOURS_FREE = PeerRow.hours_per_week - HOURS_TAKEN


def active_peers(session: Session) -> list[Peer]:
    """All peers who work with the service now, by name."""
    return [as_peer(row) for row in session.execute(with_hours().where(PersonRow.active).order_by(PersonRow.name))]


def active_peer(session: Session, person_id: str) -> Peer | None:
    """One of them, with her hours as they are at this moment; None when she is no active peer."""
    row = session.execute(with_hours().where(PersonRow.active, PersonRow.id == person_id)).one_or_none()
    return as_peer(row) if row else None


def seeker(participant: ParticipantRow) -> Seeker:
    return Seeker(Gender(participant.gender), participant.birth_year, participant.wishes)


def with_hours() -> Select[PersonRow, PeerRow, float]:
    """Everybody who is a peer, as ``as_peer`` reads it."""
    return select(PersonRow, PeerRow, HOURS_TAKEN).join(PeerRow, PeerRow.person_id == PersonRow.id)


def as_peer(row: Row[PersonRow, PeerRow, float]) -> Peer:
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
