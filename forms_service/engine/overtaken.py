"""Repeating workflows whose time is over: the clock of their rounds and the rounds under way stop."""

from __future__ import annotations

from sqlalchemy import select, update

from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.errors import MissingValue
from forms_service.language.definitions import Repeat
from forms_service.storage.runs import RunRow, StepRow

OPEN = ("waiting", "ready", "running", "incident")


def is_over(repeat: Repeat, facts: dict[str, object]) -> bool:
    """Whether ``until`` has come true: a date that is set, or anything else that is not empty or false."""
    if repeat.until is None:
        return False
    try:
        return repeat.until.value(facts) not in (None, False, "")
    except MissingValue:
        return False


def end_overtaken(ctx: Context) -> None:
    """After a move: cancel the other repeating runs about the same subject whose ``until`` is now true."""
    about = select(RunRow).where(
        RunRow.subject_kind == ctx.run.subject_kind,
        RunRow.subject_id == ctx.run.subject_id,
        RunRow.status == "active",
        RunRow.id != ctx.run.id,
    )
    for run in ctx.session.scalars(about):
        repeat = ctx.rt.library.of(ctx.session, run.definition_id).workflow.repeat
        if repeat is not None and is_over(repeat, ctx.facts()):
            cancel_run(ctx, run, "overtaken")


def cancel_run(ctx: Context, run: RunRow, outcome: str) -> None:
    """Stop a run and everything in it that is still open."""
    open_steps = update(StepRow).where(StepRow.run_id == run.id, StepRow.status.in_(OPEN))
    ctx.session.execute(open_steps.values(status="cancelled", token=None, finished_at=ctx.now))
    run.status, run.outcome, run.ended_at = "cancelled", outcome, ctx.now
    record(ctx.session, run.id, "run_cancelled", ctx.now, outcome=outcome)
