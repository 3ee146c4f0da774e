"""The days on which workflows start by themselves; facts stand still between two happenings, so they are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from forms_service.engine.calendar import Calendar
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT
from forms_service.errors import ExpressionError, MissingValue
from forms_service.language.definitions import Workflow

TODAY = "today"


def start_what_is_due(rt: Runtime) -> None:
    """What a poller does every hour, for all subjects."""
    if dated(rt):
        calendar = Calendar()
        calendar.look(rt)
        while calendar.ahead:
            calendar.look(rt)


def next_day(rt: Runtime) -> datetime | None:
    """The beginning of the next day on which something may start by itself."""
    today = rt.day(rt.clock.now())
    with rt.database.reading() as session:
        days = [day for workflow in dated(rt) for day in _days(rt, session, workflow, today) if day > today]
    return datetime.combine(min(days), time(), rt.zone) if days else None


def dated(rt: Runtime) -> list[Workflow]:
    return [workflow for workflow in rt.library.current().workflows.values() if workflow.start.on]


def _days(rt: Runtime, session: Session, workflow: Workflow, today: date) -> Iterator[date]:
    """A day that depends on today's date is looked at tomorrow again."""
    on = workflow.start.on
    assert on is not None
    if TODAY in on.names():
        yield today + timedelta(days=1)
        return
    for subject in rt.service.subjects(session, workflow.about) if workflow.about else (NO_SUBJECT,):
        try:
            yield on.date(rt.service.facts(session, subject, today))
        except (MissingValue, ExpressionError):  # not known yet; the engine says so where it matters
            continue
