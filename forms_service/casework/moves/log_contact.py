"""log_contact: peer and participant have been in touch."""

from __future__ import annotations

from forms_service.casework.moves.move import Move
from forms_service.domain.match import TAKES_CONTACTS
from forms_service.domain.people import Role
from forms_service.domain.refusal import Refusal, Refused
from forms_service.engine.service import Subject
from forms_service.storage.cases import ContactRow, MatchRow


def log_contact(move: Move) -> Subject:
    match = move.match()
    if match.status not in TAKES_CONTACTS:
        raise Refused(Refusal.WRONG_MATCH_STATUS)
    _must_be_her_own(move, match)
    row = ContactRow(
        match_id=match.id,
        on=move.day("on"),
        kind=str(move.answer("kind")),
        minutes=_minutes(move),
        at_night=bool(move.answers.get("at_night")),
        too_much=bool(move.answers.get("too_much")),
        internal_note=move.text("internal_note"),
        recorded_by=move.actor.person_id,
        recorded_at=move.now,
    )
    move.session.add(row)
    return move.subject


def _minutes(move: Move) -> int | None:
    """The form asks for hours; a version of it that asked for minutes may still be on its way."""
    for name, minutes in (("hours", 60), ("minutes", 1)):
        if move.answers.get(name) is not None:
            return round(move.number(name) * minutes)
    return None


def _must_be_her_own(move: Move, match: MatchRow) -> None:
    """A peer logs for her own match; a coordinator for anybody's."""
    person = move.person()
    if person and person.role == Role.PEER and person.id != match.peer_id:
        raise Refused(Refusal.NOT_OWN_MATCH)
