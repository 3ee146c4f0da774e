"""Reading runs for the pages: a run with its steps, a task with its form, what can be started."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forms_service.engine.claim import context
from forms_service.engine.context import Context
from forms_service.engine.edition import Edition
from forms_service.engine.path import ITEMS
from forms_service.engine.pause import PAUSED, time_in
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.errors import NotFound
from forms_service.language.definitions import Ask, Form, Make, Workflow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.translation.spoken import called_as_chosen, spoken


@dataclass(frozen=True, slots=True)
class StepView:
    """One step that a run has come to, with what it made. ``status`` is the row's, or "sleeping" before its time."""

    id: str
    path: str
    verb: str
    title: str
    status: str
    created_at: datetime
    finished_at: datetime | None
    due_at: datetime
    late_at: datetime | None
    role: str | None
    person_id: str | None
    problem: str
    documents: tuple[DocumentRow, ...]
    messages: tuple[MessageRow, ...]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as people follow it; steps in the order they came about."""

    id: str
    workflow: str
    title: str
    status: str
    outcome: str
    subject: Subject
    started_by: str | None
    started_at: datetime
    ended_at: datetime | None
    round: int | None
    seen_at: datetime
    steps: tuple[StepView, ...]

    @property
    def machine_is_done(self) -> bool:
        """Nothing more happens until a person acts or a day comes."""
        return all(step.status not in {"ready", "running"} for step in self.steps) and all(
            message.status not in {"created", "sending"} or message.due_at > self.seen_at
            for step in self.steps
            for message in step.messages
        )


@dataclass(frozen=True, slots=True)
class TaskView:
    """A human task with all that its page needs. ``shown`` is the document to read while answering.

    ``time`` is what the clock of its run shows: a paused one may stand still.
    """

    step: StepRow
    run_id: str
    paused: bool
    time: datetime
    form: Form
    subject: Subject
    facts: dict[str, object]
    shown: DocumentRow | None


@dataclass(frozen=True, slots=True)
class StartView:
    """A workflow that can be started, with its form if it has one."""

    workflow: Workflow
    form: Form | None


def run_view(rt: Runtime, session: Session, run_id: str) -> RunView:
    """One run; raises NotFound."""
    views = run_views(rt, session, [run_id])
    if not views:
        raise NotFound
    return views[0]


def run_views(rt: Runtime, session: Session, run_ids: Sequence[str]) -> list[RunView]:
    """Several runs with a constant number of queries; oldest first."""
    runs = session.scalars(select(RunRow).where(RunRow.id.in_(run_ids)).order_by(RunRow.started_at)).all()
    by_step = select(StepRow).where(StepRow.run_id.in_(run_ids)).order_by(StepRow.created_at, StepRow.visit)
    steps = session.scalars(by_step).all()
    documents = session.scalars(select(DocumentRow).where(DocumentRow.run_id.in_(run_ids))).all()
    messages = session.scalars(
        select(MessageRow).where(MessageRow.run_id.in_(run_ids)).order_by(MessageRow.created_at)
    ).all()
    now = rt.clock.now()
    return [
        _run_view(rt, session, run, [s for s in steps if s.run_id == run.id], documents, messages, now) for run in runs
    ]


def task_view(rt: Runtime, session: Session, step_id: str) -> TaskView:
    """One human task, answered or not; raises NotFound."""
    row = session.get(StepRow, step_id)
    if row is None or row.verb != "ask" or row.form is None:
        raise NotFound
    ctx = context(rt, session, row, rt.clock.now())
    form = ctx.edition.definitions.forms[row.form]
    paused, time = ctx.run.status == PAUSED, time_in(rt, session, ctx.run, ctx.now)
    return TaskView(row, ctx.run.id, paused, time, form, ctx.subject, ctx.facts(), _shown(ctx))


def start_view(rt: Runtime, workflow: str) -> StartView:
    """A workflow as it would start now; raises NotFound."""
    definitions = rt.library.current()
    found = definitions.workflows.get(workflow)
    if found is None:
        raise NotFound
    return StartView(found.in_language(spoken()), definitions.forms.get(found.start.form))


def runs_about(session: Session, subjects: Iterable[Subject]) -> list[RunRow]:
    """All runs about any of these subjects, oldest first."""
    about = [(RunRow.subject_kind == s.kind) & (RunRow.subject_id == s.id) for s in subjects]
    if not about:
        return []
    return list(session.scalars(select(RunRow).where(or_(*about)).order_by(RunRow.started_at)))


def _run_view(
    rt: Runtime,
    session: Session,
    run: RunRow,
    steps: Sequence[StepRow],
    documents: Sequence[DocumentRow],
    messages: Sequence[MessageRow],
    now: datetime,
) -> RunView:
    edition = rt.library.as_read(session, run.definition_id)
    return RunView(
        id=run.id,
        workflow=run.workflow,
        title=edition.workflow.title if edition else run.workflow,
        status=run.status,
        outcome=run.outcome,
        subject=Subject(run.subject_kind, run.subject_id),
        started_by=run.started_by,
        started_at=run.started_at,
        ended_at=run.ended_at,
        round=run.round,
        seen_at=now,
        steps=tuple(_step_view(edition, row, documents, messages, now) for row in steps),
    )


def _step_view(
    edition: Edition | None,
    row: StepRow,
    documents: Sequence[DocumentRow],
    messages: Sequence[MessageRow],
    now: datetime,
) -> StepView:
    sleeping = row.status == "ready" and row.due_at > now
    return StepView(
        id=row.id,
        path=row.path,
        verb=row.verb,
        title=title_of(edition, row),
        status="sleeping" if sleeping else row.status,
        created_at=row.created_at,
        finished_at=row.finished_at,
        due_at=row.due_at,
        late_at=row.late_at,
        role=row.role,
        person_id=row.person_id,
        problem=row.problem,
        documents=tuple(d for d in documents if d.step_id == row.id),
        messages=tuple(m for m in messages if m.step_id == row.id),
    )


def title_of(edition: Edition | None, row: StepRow) -> str:
    """What people call the step; empty for those that only the machine knows, or of an edition that is unreadable."""
    if not row.title:
        return _name_of(edition, row)
    title = called_as_chosen(row.title)
    return edition.said(title) if edition else title


def title_without_item(edition: Edition | None, row: StepRow) -> str:
    """The same without the item that it is about, which may be an answer: for those who operate the service."""
    return _name_of(edition, row) if ITEMS in row.path else title_of(edition, row)


def _name_of(edition: Edition | None, row: StepRow) -> str:
    """What its file calls the step."""
    step = edition.plan.steps.get(row.path.partition(ITEMS)[0]) if edition else None
    if edition is None or step is None:
        return ""
    if isinstance(step, Make):
        return step.title or edition.definitions.documents[step.document].title
    if isinstance(step, Ask):
        return step.title or edition.definitions.forms[step.form].title
    return step.title


def _shown(ctx: Context) -> DocumentRow | None:
    step = None if ctx.is_beside else ctx.step
    if not isinstance(step, Ask) or not step.show:
        return None
    found = select(DocumentRow).join(StepRow, StepRow.id == DocumentRow.step_id)
    found = found.where(StepRow.run_id == ctx.run.id, StepRow.path == ctx.path_of(step.show))
    return ctx.session.scalars(found.order_by(DocumentRow.made_at.desc())).first()
