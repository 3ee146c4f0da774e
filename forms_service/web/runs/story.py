"""What has happened in a run, in words; its steps and messages stay as the engine tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.operate.detail import EventLine, RunDetail, StepLine
from forms_service.engine.path import step_of
from forms_service.storage.people import PersonRow
from forms_service.texts import said_if_known

ALARMS = frozenset({"remind", "late"})


@dataclass(frozen=True, slots=True)
class Told:
    """One event. ``step`` is None for what concerns the whole run; ``who`` is a name or nothing."""

    at: datetime
    words: str
    step: StepLine | None
    who: str
    via: str
    reason: str


def story_of(detail: RunDetail, names: Mapping[str, str]) -> list[Told]:
    """The newest first."""
    steps = {step.path: step for step in detail.steps}
    return [_told(event, steps.get(event.path), names) for event in reversed(detail.events)]


def steps_in_order(detail: RunDetail, order: Sequence[str]) -> list[StepLine]:
    """As they came about; of those of one moment as in the workflow. Alarms that were not needed are left out."""
    places = {step_id: number for number, step_id in enumerate(order)}
    wanted = [step for step in detail.steps if step.verb not in ALARMS or step.status != "cancelled"]
    return sorted(wanted, key=lambda step: (step.created_at, places.get(step_of(step.path), -1), step.path))


def names_in(session: Session, detail: RunDetail) -> dict[str, str]:
    """Names of those who work with the service, by id; a participant is never among them."""
    mentioned = {detail.started_by, *_people(detail)}
    rows = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_([each for each in mentioned if each]))
    return dict(session.execute(rows).all())


def _people(detail: RunDetail) -> Iterable[str | None]:
    for step in detail.steps:
        yield from (step.person_id, step.answered_by)
    yield from (event.person_id for event in detail.events)


def _told(event: EventLine, step: StepLine | None, names: Mapping[str, str]) -> Told:
    return Told(
        at=event.at,
        words=said_if_known(f"events.{event.kind}") or event.kind,
        step=step,
        who=names.get(event.person_id or "", ""),
        via=str(event.detail.get("via", "")),
        reason=str(event.detail.get("reason", "")),
    )
