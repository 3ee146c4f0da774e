"""How a run comes into being, and how the rows of its steps do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forms_service.engine.condition import pause_from_birth
from forms_service.engine.crash import crash_point
from forms_service.engine.edition import Edition
from forms_service.engine.history import next_visit, record
from forms_service.engine.pause import PAUSED, UNDER_WAY, free, status_for_new
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.engine.wake import wake_those_who_wait
from forms_service.language.definitions import (
    Ask,
    Choose,
    Do,
    Each,
    End,
    Make,
    RunWorkflow,
    Send,
    Step,
    Together,
    Wait,
)
from forms_service.storage.base import new_id
from forms_service.storage.runs import RunRow, StepRow

VERB_OF: dict[type[Step], str] = {
    Ask: "ask",
    Make: "make",
    Send: "send",
    Wait: "wait",
    Choose: "choose",
    Together: "together",
    Each: "each",
    Do: "do",
    RunWorkflow: "run",
    End: "end",
}
REPEAT = "repeat"
"""Verb and path of the clock of a series."""


def verb_of(step: Step) -> str:
    return VERB_OF[type(step)]


@dataclass(frozen=True, slots=True)
class Origin:
    """What started a run. The start key makes a second start the same start."""

    start_key: str
    started_by: str | None = None
    parent_step_id: str | None = None
    round: int | None = None


def begin_run(rt: Runtime, session: Session, edition: Edition, origin: Origin, subject: Subject) -> RunRow:
    """Add a run to the transaction; a second one with the same start key breaks it (IntegrityError at flush)."""
    now = rt.clock.now()
    run = RunRow(
        definition_id=edition.id,
        workflow=edition.workflow.key,
        start_key=origin.start_key,
        subject_kind=subject.kind,
        subject_id=subject.id,
        status="active",
        parent_step_id=origin.parent_step_id,
        round=origin.round,
        started_by=origin.started_by,
        started_at=now,
        last_event=0,
    )
    session.add(run)
    session.flush()
    record(session, run.id, "run_started", now, person_id=origin.started_by)
    pause_from_birth(rt, session, run, edition, now)
    crash_point("run_begun")
    return run


def first_row(session: Session, run: RunRow, edition: Edition, now: datetime) -> StepRow:
    """The row that a new run begins with: its first step, or the clock of a series when it repeats."""
    if edition.workflow.repeat is not None and run.round is None:
        return add_row(session, run, REPEAT, REPEAT, now, due_at=now, visit=0)
    first = edition.plan.first
    assert first is not None  # a workflow without steps is refused
    return add_row(session, run, first.id, verb_of(first), now, due_at=now, visit=1)


def add_row(
    session: Session, run: RunRow, path: str, verb: str, now: datetime, *, due_at: datetime, visit: int | None = None
) -> StepRow:
    """A step that a machine takes from ``due_at`` on; without a number it is the next visit of its path."""
    number = next_visit(session, run.id, path) if visit is None else visit
    status = status_for_new(run)
    row = StepRow(
        id=new_id(),
        run_id=run.id,
        path=path,
        visit=number,
        verb=verb,
        status=status,
        due_at=due_at,
        created_at=now,
        attempt=0,
        dispatch_no=0,
    )
    session.add(row)
    return row


def is_shared(edition: Edition, subject: Subject) -> bool:
    """Whether whoever starts a workflow gets the run that is under way: about a subject, and a series about none."""
    return subject != NO_SUBJECT or edition.workflow.repeat is not None


def under_way(session: Session, workflow: str, subject: Subject, besides: str = "") -> RunRow | None:
    """The run of a workflow about a subject that has begun and not ended, whatever it is about by now."""
    begun = RunRow.start_key.startswith(_about(workflow, subject), autoescape=True)
    found = select(RunRow).where(begun, RunRow.status.in_(UNDER_WAY), RunRow.id != besides)
    return session.scalars(found).first()


def key_about(session: Session, workflow: str, subject: Subject, besides: str = "") -> str:
    """A start key that no second run of a workflow about the same subject can get while the first is under way.

    Only runs that are over are counted: whoever began meanwhile, seen or not, has the same number.
    """
    begun = RunRow.start_key.startswith(_about(workflow, subject), autoescape=True)
    ended = or_(RunRow.status.not_in(UNDER_WAY), RunRow.id == besides)
    number = session.scalar(select(func.count()).select_from(RunRow).where(begun, ended)) or 0
    return f"{_about(workflow, subject)}{number + 1}"


def has_begun(session: Session, workflow: str, subject: Subject, key: str = "") -> bool:
    """Whether any run of a workflow about a subject was ever begun; with a key: that one run."""
    which = RunRow.start_key == key if key else RunRow.start_key.startswith(_about(workflow, subject), autoescape=True)
    return session.scalar(select(RunRow.id).where(which).limit(1)) is not None


def key_on(workflow: str, subject: Subject, day: date) -> str:
    """The start key of a run that starts by itself on a day."""
    return f"{_about(workflow, subject)}on:{day.isoformat()}"


def _about(workflow: str, subject: Subject) -> str:
    return f"about:{workflow}:{subject.kind}:{subject.id}:"


def end_run(session: Session, run: RunRow, outcome: str, now: datetime) -> None:
    if run.status == PAUSED:
        free(session, run)
    run.status, run.outcome, run.ended_at = "ended", outcome, now
    record(session, run.id, "run_ended", now, outcome=outcome)
    wake_those_who_wait(session, run.id, now)
