"""What becomes of an attempt that failed: another one later, or an incident that a person sees."""

from __future__ import annotations

import logging
import traceback
from datetime import datetime, timedelta

from forms_service.engine.claim import Claim, context, release_claim
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.follow import enter, follow
from forms_service.engine.history import record
from forms_service.engine.lock import lock_going_run
from forms_service.engine.pause import status_for_new, time_in
from forms_service.engine.reask import ask_again
from forms_service.engine.runtime import Runtime
from forms_service.errors import (
    DefinitionError,
    ExpressionError,
    FormsServiceError,
    LostClaim,
    MissingValue,
    MoveRefused,
    NotFound,
    RecipientMissing,
    ReleaseMissing,
)
from forms_service.language.definitions import Step
from forms_service.language.duration import after
from forms_service.storage.runs import StepRow

MAX_ATTEMPTS = 5
POINTLESS = (
    DefinitionError,
    ExpressionError,
    MissingValue,
    MoveRefused,
    NotFound,
    RecipientMissing,
    ReleaseMissing,
)
"""Errors that another attempt cannot mend; a person must."""

log = logging.getLogger(__name__)


def back_off(attempt: int) -> timedelta:
    """How long to wait after the n-th failed attempt: 2, 8, 32, 128 seconds … at most six hours."""
    return min(timedelta(seconds=2 * 4 ** min(attempt - 1, 10)), timedelta(hours=6))


def fail_attempt(rt: Runtime, held: Claim, error: Exception) -> None:
    """Put the step back, or make it an incident with the reason's code; nothing when it was taken over meanwhile."""
    log.error("step %s, attempt %d: %s\n%s", held.step_id, held.attempt, type(error).__name__, _frames(error))
    try:
        _keep_failure(rt, held, error)
    except LostClaim:
        log.warning("step %s was taken over by another worker", held.step_id)


def _keep_failure(rt: Runtime, held: Claim, error: Exception) -> None:
    now, problem = rt.clock.now(), problem_of(error)
    with rt.database.writing() as session:
        lock_going_run(session, held.run_id)
        ctx = context(rt, session, session.get_one(StepRow, held.step_id), now)
        last = is_last(ctx.step_if_any, held.attempt, error)
        if last and isinstance(error, MoveRefused) and ask_again(ctx, problem):
            release_claim(session, held, "cancelled", now, problem=problem)
        elif last:
            release_claim(session, held, "incident", now, problem=problem)
            session.refresh(ctx.row)
            give_up(ctx, problem)
        else:
            due = next_try(ctx)
            release_claim(session, held, status_for_new(ctx.run), now, due_at=due, dispatched_at=None)
            record(session, held.run_id, "attempt_failed", now, path=ctx.row.path, attempt=held.attempt)
        session.flush()
        crash_point("failing")
    crash_point("attempt_failed")


def is_last(step: Step | None, attempt: int, error: Exception | None = None) -> bool:
    """Whether no other attempt follows; an author who wrote ``retry`` believes that time mends things."""
    if step and step.retry:
        return attempt >= step.retry.times
    return isinstance(error, POINTLESS) or attempt >= MAX_ATTEMPTS


def next_try(ctx: Context) -> datetime:
    step = ctx.step_if_any
    every, now = step.retry.every if step and step.retry else None, time_in(ctx.rt, ctx.session, ctx.run, ctx.now)
    return after(now, every, ctx.rt.zone) if every else now + back_off(ctx.row.attempt)


def give_up(ctx: Context, problem: str) -> None:
    """All tries have failed: the run goes the way that its author wrote for this, or waits for a person to look."""
    row, step = ctx.row, None if ctx.is_beside else ctx.step_if_any
    way = step.failed if step else None
    row.status, row.problem = "incident" if way is None else "failed", problem
    record(ctx.session, ctx.run.id, row.status, ctx.now, path=row.path, problem=problem)
    if way is not None:
        row.finished_at = ctx.now
        _ = enter(ctx, way[0], ctx.items) if way else follow(ctx)


def problem_of(error: Exception) -> str:
    """A code that screens put into words; for our own errors with what it concerns, which is never personal data."""
    if isinstance(error, FormsServiceError):
        return f"{error.code}: {error}"
    return f"error: {type(error).__name__}"


def _frames(error: Exception) -> str:
    """Where it happened, without the error's own words: they may hold what somebody wrote."""
    return "".join(traceback.format_tb(error.__traceback__))
