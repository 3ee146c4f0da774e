"""Workflows that start by themselves on a day: once for each subject, about which nobody has started them before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms_service.engine.begin import Origin, begin_run, first_row, has_begun, is_shared, key_about, key_on
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import MissingValue
from forms_service.storage.runs import DefinitionRow


@dataclass(frozen=True, slots=True)
class Entry:
    """A subject about which a workflow may be due to start, but not for days before anybody had published it."""

    workflow: str
    subject: Subject
    since: date


def starts_by_day(rt: Runtime) -> Iterator[partial[bool]]:
    """A look at each subject of each workflow that starts by itself."""
    dated = [workflow for workflow in rt.library.current().workflows.values() if workflow.start.on]
    with rt.database.reading() as session:
        for workflow in dated:
            since = _published(rt, session, workflow.key)
            subjects = rt.service.subjects(session, workflow.about) if workflow.about else (NO_SUBJECT,)
            yield from (partial(_start, entry=Entry(workflow.key, subject, since)) for subject in subjects)


def _published(rt: Runtime, session: Session, workflow: str) -> date:
    first = session.scalar(select(func.min(DefinitionRow.published_at)).where(DefinitionRow.workflow == workflow))
    return rt.day(first or rt.clock.now())


def _start(rt: Runtime, entry: Entry) -> bool:
    """Look first without a lock: almost always there is nothing to do."""
    with rt.database.reading() as session:
        if _key(rt, session, entry) is None:
            return False
    try:
        with rt.database.writing() as session:
            key = _key(rt, session, entry)
            if key:
                _begin(rt, session, entry, key)
    except IntegrityError:  # another poller was first, or somebody pressed the button
        return False
    return key is not None


def _key(rt: Runtime, session: Session, entry: Entry) -> str | None:
    """The start key, when the day has come and nothing has been started yet.

    About a subject it is the key that the button gives too. About none, each new date starts a run of its own.
    """
    day = _day(rt, session, entry)
    if day is None or not entry.since <= day <= rt.day(rt.clock.now()):
        return None
    edition = rt.library.newest(session, entry.workflow)
    shared = is_shared(edition, entry.subject)
    known = "" if shared else key_on(entry.workflow, entry.subject, day)
    if has_begun(session, entry.workflow, entry.subject, known):
        return None
    return known or key_about(session, entry.workflow, entry.subject)


def _day(rt: Runtime, session: Session, entry: Entry) -> date | None:
    """None while a fact is not known yet."""
    on = rt.library.current().workflows[entry.workflow].start.on
    assert on is not None
    try:
        return on.date(rt.known(session, entry.subject, rt.clock.now()))
    except MissingValue:
        return None


def _begin(rt: Runtime, session: Session, entry: Entry, key: str) -> None:
    edition = rt.library.newest(session, entry.workflow)
    run = begin_run(rt, session, edition, Origin(key), entry.subject)
    first_row(session, run, edition, rt.clock.now())
