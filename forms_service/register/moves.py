"""Making a move: a record is opened or changed, if the move's own condition allows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from forms_service.engine.service import Subject
from forms_service.errors import DefinitionError, MoveRefused
from forms_service.register.description import Description, Kind, Move
from forms_service.register.records import change_record, facts_of, lock_record, open_record


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a move is made, about what, and with which answers."""

    session: Session
    subject: Subject
    answers: Mapping[str, object]
    maker: str
    """The id of the person who gave the answers; empty when nobody signed in."""
    now: datetime
    today: date


def make_move(description: Description, move: Move, occasion: Occasion) -> Subject:
    """What the run is about from now on. MoveRefused with the author's words when ``only`` does not hold."""
    kind = description.subjects[move.kind]
    subject = occasion.subject
    if not move.opens:
        _insist(move, subject)
    if subject.kind in description.subjects:
        lock_record(occasion.session, subject)
    names = _names(description, occasion)
    if move.only and not move.only.holds(names):
        raise MoveRefused(move.refusal)
    values = {name: expression.value(names) for name, expression in move.sets.items()}
    return _write(kind, move, occasion, values)


def _insist(move: Move, subject: Subject) -> None:
    if subject.kind != move.kind:
        about = subject.kind or "nothing yet"
        raise DefinitionError(f'The move "{move.key}" changes a {move.kind}, and this run is about {about}.')


def _names(description: Description, occasion: Occasion) -> dict[str, object]:
    kind = description.subjects.get(occasion.subject.kind)
    facts = facts_of(occasion.session, kind, occasion.subject) if kind else {}
    return {**occasion.answers, **facts, "me": {"id": occasion.maker}, "today": occasion.today}


def _write(kind: Kind, move: Move, occasion: Occasion, values: Mapping[str, object]) -> Subject:
    if move.opens:
        return open_record(occasion.session, kind, values, occasion.now, occasion.today)
    change_record(occasion.session, kind, occasion.subject, values)
    return occasion.subject
