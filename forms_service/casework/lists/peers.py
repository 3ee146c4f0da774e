"""The peers: who is ready, who has hours, who walks beside whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import is_active
from forms_service.casework.candidates import active_peers
from forms_service.domain.access import Thing, may_see
from forms_service.domain.match import NOT_ENDED
from forms_service.domain.matching import COURSES_NEEDED, FEWEST_HOURS, Peer
from forms_service.domain.people import Viewer
from forms_service.errors import NotAllowed
from forms_service.storage.cases import MatchRow, ParticipantRow


@dataclass(frozen=True, slots=True)
class PeerMatch:
    """One of a peer's matches that have not ended."""

    match_id: str
    participant_id: str
    case_number: str
    participant: str
    status: str
    hours_per_week: float


@dataclass(frozen=True, slots=True)
class PeerLine:
    """A peer and her matches that have not ended; hours are per week."""

    peer: Peer
    matches: tuple[PeerMatch, ...]


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much the peers can take on; no person can be seen in it."""

    peers: int
    ready: int
    hours_free: float


def peers(session: Session, viewer: Viewer) -> list[PeerLine]:
    """By name. NotAllowed for those who may not see them."""
    if not (may_see(viewer, Thing.PEERS) and session.scalar(select(is_active(viewer)))):
        raise NotAllowed
    matches = _matches(session)
    return [PeerLine(peer, tuple(matches.get(peer.person_id, ()))) for peer in active_peers(session)]


def capacity(session: Session) -> Capacity:
    everybody = active_peers(session)
    ready = [peer for peer in everybody if peer.ready and peer.courses_passed >= COURSES_NEEDED]
    hours = sum(peer.hours_free for peer in ready if peer.hours_free >= FEWEST_HOURS)
    return Capacity(len(everybody), len(ready), round(hours, 2))


def _matches(session: Session) -> dict[str, list[PeerMatch]]:
    found = (
        select(MatchRow, ParticipantRow.case_number, ParticipantRow.name)
        .join(ParticipantRow, ParticipantRow.id == MatchRow.participant_id)
        .where(MatchRow.status.in_(NOT_ENDED))
        .order_by(ParticipantRow.case_number)
    )
    matches: dict[str, list[PeerMatch]] = {}
    for row, case_number, name in session.execute(found):
        line = PeerMatch(row.id, row.participant_id, case_number, name, row.status, row.hours_per_week)
        matches.setdefault(row.peer_id, []).append(line)
    return matches
