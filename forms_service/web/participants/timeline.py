"""One line of time through a case: what came in, what was said yes to, what was made, sent and done.

The coordinator sees all of it. Others see the milestones, the documents that they may open, and their own tasks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.lists.case_match import CaseMatch
from forms_service.casework.subjects import PARTICIPANT
from forms_service.domain.access import Thing
from forms_service.domain.people import Role, Viewer
from forms_service.engine.look import RunView, StepView
from forms_service.web.participants.history import History

TELLING = frozenset({"ask", "make", "send"})
"""Verbs that people notice; a run without them has nothing to tell but what it did to the case."""


class Kind(StrEnum):
    """What an entry tells; its words are in templates/participants/_timeline.html.

    Of what happened at the same moment, the cause comes before what followed from it.
    """

    RUN_STARTED = "run_started"
    CASE_OPENED = "case_opened"
    CONTACT = "contact"
    TASK_DONE = "task_done"
    WAITING = "waiting"
    MATCH_STARTED = "match_started"
    MATCH_CLOSED = "match_closed"
    RELEASE_GIVEN = "release_given"
    RELEASE_WITHDRAWN = "release_withdrawn"
    DOCUMENT = "document"
    MESSAGE = "message"
    RUN_ENDED = "run_ended"
    TASK_OPEN = "task_open"
    ASLEEP = "asleep"
    STOPPED = "stopped"


ORDER = tuple(Kind)


class State(StrEnum):
    """How the mark on the line looks."""

    DONE = "done"
    OPEN = "open"
    PAST = "past"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark on the line. ``about`` is what it tells of: a step, a message, a match …; ``run`` where it belongs."""

    kind: Kind
    at: datetime
    state: State
    about: Any = None
    run: RunView | None = None
    is_hers: bool = False
    """A task that the viewer may answer."""


def past(case: CaseFile, history: History, zone: ZoneInfo) -> list[Entry]:
    """What has happened, the newest first."""
    opening = _opening(case, history)
    entries = [Entry(Kind.CASE_OPENED, case.created_at, State.DONE, run=opening)]
    entries += [*_milestones(case, zone), *_papers(history)]
    if case.may_see(Thing.ALL_TASKS):
        entries += [entry for run in history.runs for entry in _told(run, is_opening=run is opening)]
    return sorted(entries, key=lambda entry: (entry.at, ORDER.index(entry.kind)), reverse=True)


def ahead(case: CaseFile, history: History, viewer: Viewer) -> list[Entry]:
    """What waits for somebody, for a day, or for help; what comes first is first."""
    sees_all = case.may_see(Thing.ALL_TASKS)
    steps = [(run, step) for run in history.runs for step in run.steps]
    waiting = [entry for run, step in steps if (entry := _waits(run, step))]
    entries = [replace(entry, is_hers=_is_hers(case, viewer, entry)) for entry in waiting]
    return sorted((each for each in entries if each.is_hers or sees_all), key=lambda entry: entry.at)


def _opening(case: CaseFile, history: History) -> RunView | None:
    """The run that the request started, for those who see all runs: it began before there was a case."""
    if not case.may_see(Thing.ALL_TASKS):
        return None
    about_participant = (run for run in history.runs if run.subject.kind == PARTICIPANT)
    return next((run for run in about_participant if run.started_at <= case.created_at), None)


def _milestones(case: CaseFile, zone: ZoneInfo) -> Iterator[Entry]:
    if case.waiting_since:
        yield Entry(Kind.WAITING, case.waiting_since, State.DONE)
    for match in case.matches:
        yield from _of_match(match, zone)
    for release in case.releases:
        yield Entry(Kind.RELEASE_GIVEN, release.given_at, State.DONE, release)
        if release.withdrawn_at:
            yield Entry(Kind.RELEASE_WITHDRAWN, release.withdrawn_at, State.DONE, release)


def _of_match(match: CaseMatch, zone: ZoneInfo) -> Iterator[Entry]:
    if match.started_on:
        yield Entry(Kind.MATCH_STARTED, _morning(match.started_on, zone), State.DONE, match)
    if match.closed_on:
        yield Entry(Kind.MATCH_CLOSED, _morning(match.closed_on, zone), State.DONE, match)
    for contact in match.contacts:
        yield Entry(Kind.CONTACT, _morning(contact.on, zone), State.PAST, contact)


def _papers(history: History) -> Iterator[Entry]:
    for document in history.documents:
        yield Entry(Kind.DOCUMENT, document.made_at, State.DONE, document)


def _told(run: RunView, *, is_opening: bool) -> Iterator[Entry]:
    """What the machine and the people did in one run; a series is only the clock of its rounds, a log only writes."""
    if not any(step.verb in TELLING for step in run.steps):
        return
    if not is_opening:
        yield Entry(Kind.RUN_STARTED, run.started_at, State.PAST, run=run)
    for step in run.steps:
        if step.verb == "ask" and step.status == "done":
            yield Entry(Kind.TASK_DONE, step.finished_at or step.created_at, State.DONE, step, run)
        for message in step.messages:
            at = message.sent_at or message.created_at
            state = State.PROBLEM if message.status in {"failed", "unknown", "withheld"} else State.PAST
            yield Entry(Kind.MESSAGE, at, state, message, run)
    if run.ended_at and run.outcome:
        yield Entry(Kind.RUN_ENDED, run.ended_at, State.DONE, run=run)


def _waits(run: RunView, step: StepView) -> Entry | None:
    if step.status == "incident":
        return Entry(Kind.STOPPED, step.created_at, State.PROBLEM, step, run)
    if step.verb == "ask" and step.status == "waiting":
        return Entry(Kind.TASK_OPEN, step.late_at or step.created_at, State.OPEN, step, run)
    if step.verb in {"wait", "repeat"} and step.status in {"sleeping", "paused"}:
        return Entry(Kind.ASLEEP, step.due_at, State.OPEN, step, run)
    return None


def _is_hers(case: CaseFile, viewer: Viewer, entry: Entry) -> bool:
    """What waits for herself; whoever sees all tasks may also fill in a participant's, together with her."""
    step: StepView = entry.about
    shared = step.person_id is None and step.role == viewer.role
    assisted = step.role == Role.PARTICIPANT and case.may_see(Thing.ALL_TASKS)
    return entry.kind == Kind.TASK_OPEN and (step.person_id == viewer.person_id or shared or assisted)


def _morning(day: date, zone: ZoneInfo) -> datetime:
    """A date on a line of instants: the day's first moment where the service is."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
