"""What has happened in a run, in words; its steps and messages stay as the engine tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.operate.detail import EventLine, RunDetail
from forms_service.storage.people import PersonRow
from forms_service.texts import catalogue


@dataclass(frozen=True, slots=True)
class Told:
    """One event. ``step`` is what the step is called, ``who`` a name or nothing."""

    at: datetime
    words: str
    step: str
    who: str
    via: str
    reason: str


def story_of(detail: RunDetail, names: Mapping[str, str]) -> list[Told]:
    """The newest first."""
    titles = {step.path: step.title for step in detail.steps}
    return [_told(event, titles, names) for event in reversed(detail.events)]


def names_in(session: Session, detail: RunDetail) -> dict[str, str]:
    """Names of those who work with the service, by id; a participant is never among them."""
    mentioned = {detail.started_by, *_people(detail)}
    rows = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_([each for each in mentioned if each]))
    return dict(session.execute(rows).all())


def _people(detail: RunDetail) -> Iterable[str | None]:
    for step in detail.steps:
        yield from (step.person_id, step.answered_by)
    yield from (event.person_id for event in detail.events)


def _told(event: EventLine, titles: Mapping[str, str], names: Mapping[str, str]) -> Told:
    return Told(
        at=event.at,
        words=catalogue().get(f"events.{event.kind}", event.kind),
        step=titles.get(event.path) or event.path,
        who=names.get(event.person_id or "", ""),
        via=str(event.detail.get("via", "")),
        reason=str(event.detail.get("reason", "")),
    )
