"""Everything there is to know about one run, for those who operate the service: ids and codes, no answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.engine.operate.search import RunLine
from forms_service.engine.runtime import Runtime


@dataclass(frozen=True, slots=True)
class StepLine:
    """One row of a run. ``status`` is the row's, or "sleeping" before its time; ``answered_by`` is a person's id.

    ``can`` holds the names of the operations that make sense now: retry, skip, due, hand_over.
    """

    id: str
    path: str
    visit: int
    verb: str
    title: str
    status: str
    created_at: datetime
    due_at: datetime
    late_at: datetime | None
    finished_at: datetime | None
    attempt: int
    problem: str
    role: str | None
    person_id: str | None
    office_id: str | None
    answered_by: str | None
    claimed_by: str | None
    child_run_id: str | None
    can: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventLine:
    """What happened, when, at which step, and who did it (a person's id; None: the machine). ``detail`` are codes, and
    the ``reason`` that somebody gave.
    """

    number: int
    at: datetime
    kind: str
    path: str
    person_id: str | None
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message of a run, without its text and address."""

    id: str
    path: str
    message: str
    key: str
    role: str
    status: str
    problem: str
    attempt: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run with all its rows, in the order they came about. ``can``: pause, resume, cancel, move."""

    run: RunLine
    outcome: str
    start_key: str
    subject_kind: str
    subject_id: str
    started_by: str | None
    version: int
    newest_version: int
    paused_at: datetime | None
    paused_by_itself: bool
    paused_seconds: int
    steps: tuple[StepLine, ...]
    events: tuple[EventLine, ...]
    messages: tuple[MessageLine, ...]
    parent: RunLine | None
    children: tuple[RunLine, ...]
    can: frozenset[str]


def detail_of(rt: Runtime, session: Session, run_id: str) -> RunDetail:
    """One run; raises NotFound."""
    raise NotImplementedError
