"""A library's loans as a service: the smallest domain the engine can work for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from forms_service.engine.service import Actor, Assignment, Recipient, Subject
from forms_service.errors import MoveRefused, RecipientMissing, ReleaseMissing
from forms_service.language.vocabulary import ValueType, Vocabulary
from forms_service.storage.counters import next_number

FOLDER = Path(__file__).parents[2] / "inputs" / "loan"

LIBRARY = Vocabulary(
    roles=frozenset({"reader", "librarian", "head"}),
    moves={"count": frozenset(), "discard": frozenset(), "bind": frozenset(), "unbind": frozenset()},
    facts={
        "case.case_number": ValueType.TEXT,
        "case.bought": ValueType.DATE,
        "case.discarded": ValueType.DATE,
        "case.at_binder": ValueType.YES_NO,
    },
    releases=frozenset({"history"}),
    subjects=frozenset({"book"}),
)

READER = Actor("reader-1", "reader")
LIBRARIAN = Actor("librarian-1", "librarian")


@dataclass(slots=True)
class LoanService:
    """Facts and people are plain attributes, so that a test can change them at any moment."""

    vocabulary: Vocabulary = LIBRARY
    bought: date | None = date(2026, 1, 15)
    discarded: date | None = None
    at_binder: bool = False
    released: bool = True
    silent: bool = False
    refused: str = ""
    known: tuple[Subject, ...] = ()
    away: frozenset[str] = frozenset()
    addresses: dict[str, str] = field(
        default_factory=lambda: {
            "reader": "reader@example.org",
            "librarian": "desk@example.org",
            "head": "h@example.org",
        }
    )

    def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
        dates = {"bought": self.bought, "discarded": self.discarded}
        return {"case": {"case_number": "L-1", "at_binder": self.at_binder, **dates}}

    def move(
        self, session: Session, name: str, subject: Subject, answers: Mapping[str, object], actor: Actor, now: datetime
    ) -> Subject:
        if self.refused:
            raise MoveRefused(self.refused)
        next_number(session, f"moves:{name}")
        if name == "discard":
            self.discarded = now.date()
        if name in {"bind", "unbind"}:
            self.at_binder = name == "bind"
        return subject

    def assign(self, session: Session, role: str, subject: Subject) -> Assignment:
        return Assignment()

    def recipient(self, session: Session, role: str, subject: Subject, today: date) -> Recipient:
        if role not in self.addresses:
            raise RecipientMissing
        return Recipient(self.addresses[role], person_id=f"{role}-1")

    def release(self, session: Session, content: str, role: str, subject: Subject, today: date) -> str | None:
        if not self.released:
            raise ReleaseMissing
        return None

    def numbers(self, session: Session, subjects: Collection[Subject]) -> dict[Subject, str]:
        return dict.fromkeys(subjects, "L-1")

    def subjects(self, session: Session, kind: str) -> tuple[Subject, ...]:
        return self.known if kind == "book" else ()

    def is_away(self, session: Session, role: str, person_id: str | None, today: date) -> bool:
        return role in self.away

    def silenced(self, session: Session, subject: Subject) -> tuple[Subject, ...]:
        return (subject,) if self.silent else ()

    def participant_id(self, session: Session, subject: Subject) -> str | None:
        return None

    def picks(self, session: Session, name: str, subject: Subject) -> dict[str, str]:
        return {}
