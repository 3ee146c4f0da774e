"""What becomes of an attempt that failed: another one later, or an incident that a person sees."""

from __future__ import annotations

import logging
import traceback
from datetime import timedelta

from forms_service.engine.claim import Claim, release_claim
from forms_service.engine.history import record
from forms_service.engine.lock import lock_going_run
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
    """How long to wait after the n-th failed attempt: 2, 8, 32, 128 seconds."""
    return timedelta(seconds=2 * 4 ** (attempt - 1))


def fail_attempt(rt: Runtime, held: Claim, error: Exception) -> None:
    """Put the step back, or make it an incident with the reason's code; nothing when it was taken over meanwhile."""
    log.error("step %s, attempt %d: %s\n%s", held.step_id, held.attempt, type(error).__name__, _frames(error))
    try:
        _keep_failure(rt, held, error)
    except LostClaim:
        log.warning("step %s was taken over by another worker", held.step_id)


def _keep_failure(rt: Runtime, held: Claim, error: Exception) -> None:
    last = isinstance(error, POINTLESS) or held.attempt >= MAX_ATTEMPTS
    now = rt.clock.now()
    with rt.database.writing() as session:
        lock_going_run(session, held.run_id)
        row = session.get_one(StepRow, held.step_id)
        if isinstance(error, MoveRefused) and ask_again(rt, session, row, problem_of(error), now):
            release_claim(session, held, "cancelled", now, problem=problem_of(error))
        elif last:
            release_claim(session, held, "incident", now, problem=problem_of(error))
            record(session, held.run_id, "incident", now, path=row.path, problem=problem_of(error))
        else:
            due = now + back_off(held.attempt)
            release_claim(session, held, "ready", now, due_at=due, dispatched_at=None)
            record(session, held.run_id, "attempt_failed", now, path=row.path, attempt=held.attempt)


def problem_of(error: Exception) -> str:
    """A code that screens put into words; for our own errors with what it concerns, which is never personal data."""
    if isinstance(error, FormsServiceError):
        return f"{error.code}: {error}"
    return f"error: {type(error).__name__}"


def _frames(error: Exception) -> str:
    """Where it happened, without the error's own words: they may hold what somebody wrote."""
    return "".join(traceback.format_tb(error.__traceback__))
