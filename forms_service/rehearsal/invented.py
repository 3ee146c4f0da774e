"""A domain that is not there: facts that an author tells, moves that change only those, one person for each role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forms_service.engine.service import NO_SUBJECT, Actor, Assignment, Recipient, Subject
from forms_service.errors import ReleaseMissing
from forms_service.language.expression import Expression
from forms_service.language.vocabulary import ValueType, Vocabulary
from forms_service.rehearsal.people import address_of
from forms_service.rehearsal.told import Told
from forms_service.storage.colleagues import is_away

EMPTY: Mapping[ValueType, object] = {
    ValueType.NUMBER: 0,
    ValueType.DATE: None,
    ValueType.YES_NO: "no",
    ValueType.LIST: (),
}
"""What a fact is that nobody has told; a text is its own name."""


@dataclass(slots=True)
class Invented:
    """Implements engine.service.Service. ``values`` are facts by dotted name; moves change them."""

    vocabulary: Vocabulary
    zone: ZoneInfo
    values: dict[str, object]
    moves: Mapping[str, Mapping[str, Expression]]
    withheld: frozenset[str]

    def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
        nested: dict[str, object] = {}
        for name, value in self.values.items():
            _put(nested, name.split("."), value)
        return nested

    def move(
        self, session: Session, name: str, subject: Subject, answers: Mapping[str, object], actor: Actor, now: datetime
    ) -> Subject:
        today = now.astimezone(self.zone).date()
        names = {**answers, **self.facts(session, subject, today), "today": today}
        self.values |= {fact: expression.value(names) for fact, expression in self.moves.get(name, {}).items()}
        return subject

    def assign(self, session: Session, role: str, subject: Subject) -> Assignment:
        return Assignment()

    def recipient(self, session: Session, role: str, subject: Subject, today: date) -> Recipient:
        return Recipient(address_of(role), person_id=role)

    def release(self, session: Session, content: str, role: str, subject: Subject, today: date) -> None:
        if content in self.withheld:
            raise ReleaseMissing(content)

    def silenced(self, session: Session, subject: Subject) -> tuple[Subject, ...]:
        return ()

    def participant_id(self, session: Session, subject: Subject) -> None:
        """There is nobody whose case it could be."""

    def numbers(self, session: Session, subjects: Collection[Subject]) -> dict[Subject, str]:
        return {}

    def subjects(self, session: Session, kind: str) -> tuple[Subject, ...]:
        return (the_only(kind),)

    def is_away(self, session: Session, role: str, person_id: str | None, today: date) -> bool:
        return is_away(session, role, person_id, today)

    def picks(self, session: Session, name: str, subject: Subject) -> dict[str, str]:
        return {name: name}


def invent(vocabulary: Vocabulary, told: Told, zone: ZoneInfo) -> Invented:
    """A domain with the vocabulary's facts, as they are told or else as small as can be."""
    return Invented(vocabulary, zone, {**smallest_facts(vocabulary), **told.facts}, told.moves, told.withheld)


def smallest_facts(vocabulary: Vocabulary) -> dict[str, object]:
    """A value for every fact, by dotted name."""
    return {name: EMPTY.get(type_, name.rpartition(".")[2]) for name, type_ in vocabulary.facts.items()}


def the_only(kind: str) -> Subject:
    """There is one subject of each kind."""
    return Subject(kind, "1") if kind else NO_SUBJECT


def _put(nested: dict[str, object], path: list[str], value: object) -> None:
    for part in path[:-1]:
        inner = nested.setdefault(part, {})
        assert isinstance(inner, dict)
        nested = inner
    nested[path[-1]] = value
