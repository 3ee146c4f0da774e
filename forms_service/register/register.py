"""A described service as the engine wants to see a domain; every method hands on to its own file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forms_service.engine.service import Actor, Assignment, Recipient, Subject
from forms_service.errors import ExpressionError, MissingValue, NotFound, ReleaseMissing
from forms_service.language.files import Files
from forms_service.language.notes import Notes
from forms_service.language.vocabulary import Vocabulary
from forms_service.register import holders, records
from forms_service.register.check import problems_of
from forms_service.register.description import Description
from forms_service.register.moves import Occasion, make_move
from forms_service.register.service_file import read_service
from forms_service.register.vocabulary import vocabulary_of
from forms_service.storage.colleagues import is_away


@dataclass(frozen=True, slots=True)
class Register:
    """Implements engine.service.Service."""

    description: Description
    vocabulary: Vocabulary
    zone: ZoneInfo

    def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
        return self._facts(session, subject)

    def move(
        self, session: Session, name: str, subject: Subject, answers: Mapping[str, object], actor: Actor, now: datetime
    ) -> Subject:
        if name not in self.description.moves:
            raise NotFound(f'The service has no move "{name}".')
        occasion = Occasion(session, subject, answers, actor.person_id or "", now, now.astimezone(self.zone).date())
        return make_move(self.description, self.description.moves[name], occasion)

    def assign(self, session: Session, role: str, subject: Subject) -> Assignment:
        return holders.assign(session, self.description.role(role), self._facts(session, subject))

    def recipient(self, session: Session, role: str, subject: Subject, today: date) -> Recipient:
        return holders.recipient(session, self.description.role(role), self._facts(session, subject), today)

    def release(self, session: Session, content: str, role: str, subject: Subject, today: date) -> None:
        """The record itself says whether its content may go. What cannot be worked out is no release."""
        condition = self.description.releases.get(content)
        names = {**self._facts(session, subject), "today": today}
        try:
            allowed = condition is not None and condition.holds(names)
        except (MissingValue, ExpressionError):
            allowed = False
        if not allowed:
            raise ReleaseMissing(content)

    def silenced(self, session: Session, subject: Subject) -> tuple[Subject, ...]:
        return ()

    def participant_id(self, session: Session, subject: Subject) -> None:
        """Nobody's case: participants belong to peer support."""

    def numbers(self, session: Session, subjects: Collection[Subject]) -> dict[Subject, str]:
        return records.numbers_of(session, subjects)

    def subjects(self, session: Session, kind: str) -> tuple[Subject, ...]:
        return records.subjects_of(session, kind)

    def is_away(self, session: Session, role: str, person_id: str | None, today: date) -> bool:
        return is_away(session, role, person_id, today)

    def picks(self, session: Session, name: str, subject: Subject) -> dict[str, str]:
        return holders.picks(session, name)

    def _facts(self, session: Session, subject: Subject) -> dict[str, object]:
        kind = self.description.subjects.get(subject.kind)
        return records.facts_of(session, kind, subject) if kind else {}


def open_register(files: Files, zone: ZoneInfo) -> Register:
    """The service that ``service.yaml`` describes; InvalidDefinitions carries everything that is wrong with it."""
    notes = Notes()
    notes.extend(problems_of(files))
    notes.refuse()
    description = read_service(files, notes)
    assert description is not None  # it would have been refused
    return Register(description, vocabulary_of(description), zone)
