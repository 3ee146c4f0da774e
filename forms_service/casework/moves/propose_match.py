"""propose_match: the coordinator has chosen a peer; the hard rules are asked again while nobody else can move."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from forms_service.casework.candidates import active_peer, seeker
from forms_service.casework.moves.move import Move
from forms_service.casework.subjects import MATCH
from forms_service.domain.match import NOT_ENDED, MatchStatus
from forms_service.domain.matching import obstacles
from forms_service.domain.participation import Turn, after
from forms_service.domain.refusal import Refusal, Refused
from forms_service.engine.service import Subject
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import PeerRow


def propose_match(move: Move) -> Subject:
    """The place on the waiting list is kept until the match opens."""
    participant = move.participant()
    peer_id, hours = str(move.answer("peer")), move.number("hours_per_week")
    _must_be_free(move.session, participant)
    _must_suit(move.session, participant, peer_id, hours)
    participant.status = after(participant.status, Turn.PROPOSE)
    match = MatchRow(
        participant_id=participant.id,
        peer_id=peer_id,
        status=MatchStatus.PROPOSED,
        hours_per_week=hours,
        reason=move.text("reason"),
        created_at=move.now,
    )
    move.session.add(match)
    move.session.flush()
    return Subject(MATCH, match.id)


def _must_be_free(session: Session, participant: ParticipantRow) -> None:
    """A participant has at most one match that has not ended."""
    has_match = exists().where(MatchRow.participant_id == participant.id, MatchRow.status.in_(NOT_ENDED))
    if session.scalar(select(has_match)):
        raise Refused(Refusal.ALREADY_MATCHED)


def _must_suit(session: Session, participant: ParticipantRow, peer_id: str, hours: float) -> None:
    """The peer's row is held, so that her hours cannot be given away twice."""
    held = session.get(PeerRow, peer_id, with_for_update=True, populate_existing=True)
    peer = active_peer(session, peer_id) if held else None
    if peer is None:
        raise Refused(Refusal.NOT_A_PEER)
    broken = obstacles(seeker(participant), peer, hours)
    if broken:
        raise Refused(broken[0], peer.hours_free if broken[0] is Refusal.TOO_FEW_HOURS else None)
