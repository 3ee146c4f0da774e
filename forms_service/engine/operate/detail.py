"""Everything there is to know about one run, for those who operate the service: ids and codes, no answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.edition import Edition
from forms_service.engine.look import title_without_item
from forms_service.engine.operate.can import can_be_done_to_run, can_be_done_to_step
from forms_service.engine.operate.lines import RunLine, lines_of
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import DefinitionRow, EventRow, RunRow, StepRow, SubmissionRow


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
    """What happened, when, at which step, and who did it (a person's id; None: the machine).

    ``detail`` are codes, and the ``reason`` that somebody gave.
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
    run = session.get(RunRow, run_id)
    if run is None:
        raise NotFound("there is no run with this id")
    version, newest = _versions(session, run)
    parent = _parent(session, run)
    line = lines_of(rt, session, [run])[0]
    return RunDetail(
        run=line,
        outcome=run.outcome,
        start_key=run.start_key,
        subject_kind=run.subject_kind,
        subject_id=run.subject_id,
        started_by=run.started_by,
        version=version,
        newest_version=newest,
        paused_at=run.paused_at,
        paused_by_itself=run.paused_by_itself,
        paused_seconds=run.paused_seconds,
        steps=_steps(rt, session, run),
        events=_events(session, run),
        messages=_messages(session, run),
        parent=lines_of(rt, session, [parent])[0] if parent else None,
        children=lines_of(rt, session, _children(session, run)),
        can=can_be_done_to_run(run, other_versions=newest > 1, readable=line.readable),
    )


def _versions(session: Session, run: RunRow) -> tuple[int, int]:
    """The run's own, and the newest that was ever published."""
    found = select(DefinitionRow.id, DefinitionRow.version).where(DefinitionRow.workflow == run.workflow)
    versions = dict(session.execute(found).all())
    return versions[run.definition_id], max(versions.values())


def _steps(rt: Runtime, session: Session, run: RunRow) -> tuple[StepLine, ...]:
    edition, now = rt.library.as_read(session, run.definition_id), rt.clock.now()
    answered = select(SubmissionRow.step_id, SubmissionRow.person_id).where(SubmissionRow.run_id == run.id)
    who = dict(session.execute(answered).all())
    rows = select(StepRow).where(StepRow.run_id == run.id).order_by(StepRow.created_at, StepRow.path, StepRow.visit)
    return tuple(_step(edition, row, who.get(row.id), now) for row in session.scalars(rows))


def _step(edition: Edition | None, row: StepRow, answered_by: str | None, now: datetime) -> StepLine:
    return StepLine(
        id=row.id,
        path=row.path,
        visit=row.visit,
        verb=row.verb,
        title=title_without_item(edition, row),
        status="sleeping" if row.status == "ready" and row.due_at > now else row.status,
        created_at=row.created_at,
        due_at=row.due_at,
        late_at=row.late_at,
        finished_at=row.finished_at,
        attempt=row.attempt,
        problem=row.problem,
        role=row.role,
        person_id=row.person_id,
        office_id=row.office_id,
        answered_by=answered_by,
        claimed_by=row.claimed_by,
        child_run_id=row.child_run_id,
        can=can_be_done_to_step(row, readable=edition is not None),
    )


def _events(session: Session, run: RunRow) -> tuple[EventLine, ...]:
    rows = session.scalars(select(EventRow).where(EventRow.run_id == run.id).order_by(EventRow.number))
    return tuple(EventLine(row.number, row.at, row.kind, row.path, row.person_id, row.detail) for row in rows)


def _messages(session: Session, run: RunRow) -> tuple[MessageLine, ...]:
    found = select(MessageRow, StepRow.path).join(StepRow, StepRow.id == MessageRow.step_id)
    found = found.where(MessageRow.run_id == run.id).order_by(MessageRow.created_at, MessageRow.id)
    return tuple(_message(row, path) for row, path in session.execute(found))


def _message(row: MessageRow, path: str) -> MessageLine:
    return MessageLine(
        id=row.id,
        path=path,
        message=row.message,
        key=row.key,
        role=row.role,
        status=row.status,
        problem=row.problem,
        attempt=row.attempt,
        created_at=row.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
    )


def _parent(session: Session, run: RunRow) -> RunRow | None:
    step = session.get(StepRow, run.parent_step_id) if run.parent_step_id else None
    return session.get(RunRow, step.run_id) if step else None


def _children(session: Session, run: RunRow) -> list[RunRow]:
    """All that its steps have started, the oldest first."""
    found = select(RunRow).join(StepRow, StepRow.id == RunRow.parent_step_id).where(StepRow.run_id == run.id)
    return list(session.scalars(found.order_by(RunRow.started_at, RunRow.id)))
