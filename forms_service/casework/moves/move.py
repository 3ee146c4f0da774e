"""One move of the domain, on its way: what it is about, the answers it is made with, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from forms_service.casework.rows import locked
from forms_service.casework.subjects import match_of, participant_of
from forms_service.engine.service import Actor, Subject
from forms_service.errors import MissingValue, NotFound
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import PersonRow


@dataclass(frozen=True, slots=True)
class Move:
    """Handed to every function in this folder; they change rows in the session and commit nothing."""

    session: Session
    subject: Subject
    answers: Mapping[str, object]
    actor: Actor
    now: datetime
    today: date
    """The day that ``now`` is where the service is."""

    def answer(self, name: str) -> object:
        """An answer that the move cannot do without; MissingValue names it."""
        value = self.answers.get(name)
        if value in (None, ""):
            raise MissingValue(name)
        return value

    def text(self, name: str) -> str:
        """An answer in words, empty when nobody gave one."""
        return str(self.answers.get(name) or "")

    def day(self, name: str) -> date:
        return date.fromisoformat(str(self.answer(name)))

    def number(self, name: str) -> float:
        return float(str(self.answer(name)))

    def person(self) -> PersonRow | None:
        """Who acts, when it is somebody with an account."""
        return self.session.get(PersonRow, self.actor.person_id) if self.actor.person_id else None

    def participant(self) -> ParticipantRow:
        """Whose case it is, held until the transaction ends; NotFound when there is none."""
        found = participant_of(self.session, self.subject)
        if found is None:
            raise NotFound
        return locked(self.session, ParticipantRow, found.id)

    def match(self) -> MatchRow:
        """What it is about, held until the transaction ends; NotFound when that is no match."""
        found = match_of(self.session, self.subject)
        if found is None:
            raise NotFound
        return locked(self.session, MatchRow, found.id)
