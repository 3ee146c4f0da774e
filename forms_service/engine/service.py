"""What the engine asks of whoever owns the domain. The engine itself knows nothing of peer support."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from forms_service.language.vocabulary import Vocabulary
from forms_service.storage.runs import RunRow


@dataclass(frozen=True, slots=True)
class Subject:
    """What a run is about; both empty when it is about nothing yet."""

    kind: str = ""
    id: str = ""


NO_SUBJECT = Subject()


def subject_of(run: RunRow) -> Subject:
    return Subject(run.subject_kind, run.subject_id)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person who is signed in, somebody with a one-time link, or nobody (the machine)."""

    person_id: str | None = None
    role: str = ""
    via: str = "signed_in"
    """signed_in, link, assisted (together with somebody else), paper (typed in from it), or "command line"."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose task it is: one person's, or everyone's in the role (in the office, when one is given)."""

    person_id: str | None = None
    office_id: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a message goes: a person, or a participant. ``address`` (for e-mail) and ``phone`` may be empty."""

    address: str
    person_id: str | None = None
    participant_id: str | None = None
    phone: str = ""


class Service(Protocol):
    """The domain behind a folder of workflows. All methods run inside the engine's transaction."""

    @property
    def vocabulary(self) -> Vocabulary: ...

    def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
        """Nested plain data for expressions, forms and documents: {"case": {...}, "match": {...}}."""
        ...

    def move(
        self, session: Session, name: str, subject: Subject, answers: Mapping[str, object], actor: Actor, now: datetime
    ) -> Subject:
        """Do one move of the domain; returns what the run is about from now on. Raises MoveRefused."""
        ...

    def assign(self, session: Session, role: str, subject: Subject) -> Assignment:
        """Whose task it becomes. Raises RecipientMissing when nobody can ever hold it."""
        ...

    def recipient(self, session: Session, role: str, subject: Subject, today: date) -> Recipient:
        """Who holds the role for this subject at this moment. Raises RecipientMissing."""
        ...

    def release(self, session: Session, content: str, role: str, subject: Subject, today: date) -> str | None:
        """Id of the release that lets ``content`` go to ``role`` today, if it has one. Raises ReleaseMissing."""
        ...

    def silenced(self, session: Session, subject: Subject) -> tuple[Subject, ...]:
        """Subjects about which everything else must stop now, because somebody is not to be spoken to any more."""
        ...

    def participant_id(self, session: Session, subject: Subject) -> str | None:
        """Whose case it is, for the access log; None when it is nobody's."""
        ...

    def numbers(self, session: Session, subjects: Collection[Subject]) -> dict[Subject, str]:
        """What people know them by, of those that have a number; in one question, however many they are."""
        ...

    def subjects(self, session: Session, kind: str) -> tuple[Subject, ...]:
        """All subjects of one kind about which a workflow may start by itself."""
        ...

    def is_away(self, session: Session, role: str, person_id: str | None, today: date) -> bool:
        """Whether whoever would get a task is absent today: that person, or all in the role when none is named."""
        ...

    def picks(self, session: Session, name: str, subject: Subject) -> dict[str, str]:
        """A list that a person field chooses from: id → label."""
        ...
