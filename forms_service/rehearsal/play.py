"""What is rehearsed: files, a workflow of theirs, a domain, and what an author tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forms_service.engine.service import Service, Subject
from forms_service.errors import NotFound
from forms_service.language.definitions import Workflow
from forms_service.language.files import Files
from forms_service.language.load import load
from forms_service.language.vocabulary import ValueType, Vocabulary
from forms_service.rehearsal.invented import invent, smallest_facts, the_only
from forms_service.rehearsal.people import address_of
from forms_service.rehearsal.told import NOTHING_TOLD, Told
from forms_service.rehearsal.told_file import Stage, read_told

Facts = Mapping[str, object]
Add = Callable[[Session, str, Facts, datetime], Subject]
"""Puts told facts, by dotted name, on the tables; what a workflow about that kind of subject is about then."""


@dataclass(frozen=True, slots=True)
class Real:
    """A domain that can be played with as it is, because all that it knows lies on its own tables."""

    service: Service
    add: Add
    holders: Mapping[str, str]
    """Facts that name whoever holds a role, by dotted name, and the role."""


@dataclass(frozen=True, slots=True)
class Play:
    """``subject`` adds to the database what the workflow is about, once, at the beginning."""

    files: Files
    workflow: str
    service: Service
    told: Told
    subject: Callable[[Session, datetime], Subject]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Domain:
    """The words of the files, where the service is, and the service itself when it can be played with."""

    vocabulary: Vocabulary
    zone: ZoneInfo
    real: Real | None = None


def play_of(files: Files, key: str, answers: tuple[str, str] | None, since: date, domain: Domain) -> Play:
    """A rehearsal of one workflow that begins on a day. ``answers`` is the text of an answers file, and its name.

    InvalidDefinitions when the files or the answers have problems; NotFound when there is no such workflow.
    """
    definitions = load(files, domain.vocabulary)
    if key not in definitions.workflows:
        raise NotFound(f'There is no workflow "{key}".')
    workflow, real = definitions.workflows[key], domain.real
    stage = Stage(definitions, domain.vocabulary, key, moves_happen=real is not None)
    told = read_told(*answers, stage) if answers else NOTHING_TOLD
    told = _anchored(told, [workflow] if real else definitions.workflows.values(), domain.vocabulary, since)
    if real is None:
        invented = invent(domain.vocabulary, told, domain.zone)
        return Play(files, key, invented, told, lambda session, now: the_only(workflow.about), domain.zone)

    people = {fact: address_of(role) for fact, role in real.holders.items()}
    known = {**smallest_facts(domain.vocabulary), **people}
    about = {name: value for name, value in known.items() if _is_of(name, workflow.about)}

    def subject(session: Session, now: datetime) -> Subject:
        return real.add(session, workflow.about, {**about, **told.facts}, now)

    return Play(files, key, real.service, told, subject, domain.zone)


def _is_of(fact: str, kind: str) -> bool:
    return bool(kind) and fact.startswith(f"{kind}.")


def _anchored(told: Told, workflows: Iterable[Workflow], vocabulary: Vocabulary, since: date) -> Told:
    """A date from which workflows count, and which nobody has told, is the day on which the rehearsal begins."""
    anchors = (anchor for each in workflows for anchor in (each.start.on, each.repeat and each.repeat.anchor) if anchor)
    names = {name for anchor in anchors for name in anchor.names()}
    dates = {name: since for name in names if vocabulary.facts.get(name) is ValueType.DATE}
    return replace(told, facts={**dates, **told.facts})
