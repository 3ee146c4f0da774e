"""Workflows that start by themselves on a day: looked for every hour, a few subjects at a time."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms_service.engine.begin import Origin, begin_run, first_row, key_on, under_way
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import ExpressionError, MissingValue
from forms_service.storage.runs import DefinitionRow, RunRow

EVERY = timedelta(hours=1)
AT_A_TIME = 200
"""Subjects in one look, so that a poller with thousands of them still rings in time."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A subject about which a workflow may be due to start, but not for days before anybody had published it."""

    workflow: str
    subject: Subject
    since: date


@dataclass(slots=True)
class Calendar:
    """How far one poller has come in its look through all subjects; losing it costs only another look."""

    ahead: deque[_Entry] = field(default_factory=deque)
    looked_at: datetime | None = None

    def look(self, rt: Runtime) -> int:
        """Start what is due among the next subjects; how many runs were started."""
        now = rt.clock.now()
        if not self.ahead and (self.looked_at is None or abs(now - self.looked_at) >= EVERY):
            self.looked_at = now
            self.ahead.extend(_entries(rt))
        return sum(_start(rt, self.ahead.popleft()) for _ in range(min(AT_A_TIME, len(self.ahead))))


def _entries(rt: Runtime) -> Iterator[_Entry]:
    dated = [workflow for workflow in rt.library.current().workflows.values() if workflow.start.on]
    with rt.database.reading() as session:
        for workflow in dated:
            since = _published(rt, session, workflow.key)
            subjects = rt.service.subjects(session, workflow.about) if workflow.about else (NO_SUBJECT,)
            yield from (_Entry(workflow.key, subject, since) for subject in subjects)


def _published(rt: Runtime, session: Session, workflow: str) -> date:
    first = session.scalar(select(func.min(DefinitionRow.published_at)).where(DefinitionRow.workflow == workflow))
    return (first or rt.clock.now()).astimezone(rt.zone).date()


def _start(rt: Runtime, entry: _Entry) -> bool:
    """Look first without a lock: almost always there is nothing to do."""
    with rt.database.reading() as session:
        if _is_due(rt, session, entry) is None:
            return False
    try:
        with rt.database.writing() as session:
            day = _is_due(rt, session, entry)
            if day is None:
                return False
            _begin(rt, session, entry, day)
    except IntegrityError:  # another poller was first
        return False
    return True


def _is_due(rt: Runtime, session: Session, entry: _Entry) -> date | None:
    """The day, when it has come and nothing has started on it; a series that is under way needs no other."""
    workflow = rt.library.current().workflows[entry.workflow]
    day = _day(rt, session, entry)
    if day is None or not entry.since <= day <= _today(rt):
        return None
    if workflow.repeat and under_way(session, entry.workflow, entry.subject):
        return None
    known = select(RunRow.id).where(RunRow.start_key == key_on(entry.workflow, entry.subject, day))
    return None if session.scalar(known) else day


def _day(rt: Runtime, session: Session, entry: _Entry) -> date | None:
    on = rt.library.current().workflows[entry.workflow].start.on
    assert on is not None
    try:
        return on.date({**rt.service.facts(session, entry.subject, _today(rt)), "today": _today(rt)})
    except MissingValue:  # a fact that is not known yet
        return None
    except ExpressionError as error:
        log.error("%s cannot start by itself: %s", entry.workflow, error)  # noqa: TRY400 - says enough
        return None


def _begin(rt: Runtime, session: Session, entry: _Entry, day: date) -> None:
    edition = rt.library.newest(session, entry.workflow)
    origin = Origin(key_on(entry.workflow, entry.subject, day))
    run = begin_run(rt, session, edition, origin, entry.subject)
    first_row(session, run, edition, rt.clock.now())


def _today(rt: Runtime) -> date:
    return rt.clock.now().astimezone(rt.zone).date()
