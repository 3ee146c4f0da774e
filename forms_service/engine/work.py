"""Taking steps one after the other: claim, work outside any transaction, finish in one."""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from forms_service.engine.advance import go_through, move_on
from forms_service.engine.claim import Claim, claim, context, release_claim
from forms_service.engine.crash import crash_point
from forms_service.engine.failure import fail_attempt
from forms_service.engine.lock import lock_going_run
from forms_service.engine.runtime import Runtime
from forms_service.engine.verbs import VERBS, Product
from forms_service.errors import LostClaim
from forms_service.storage.runs import StepRow

log = logging.getLogger(__name__)


def work(rt: Runtime, step_id: str, worker: str) -> tuple[str, ...]:
    """Take a step and go on with the run's next ones; ids of the messages that now wait to be sent.

    Does nothing when the step is somebody else's, finished, or not due.
    """
    held = _take(rt, step_id, worker)
    return carry_on(rt, held, worker) if held else ()


def carry_on(rt: Runtime, first: Claim, worker: str) -> tuple[str, ...]:
    """Do a claimed step and the run's next ones, until one waits or is not due."""
    messages: list[str] = []
    held: Claim | None = first
    while held is not None:
        crash_point("claimed")
        held = _attempt(rt, held, worker, messages)
    return tuple(messages)


def _take(rt: Runtime, step_id: str, worker: str) -> Claim | None:
    with rt.database.writing() as session:
        row = session.get(StepRow, step_id)
        if row is None:
            return None
        return claim(rt, session, step_id, worker, VERBS[row.verb].freeze)


def _attempt(rt: Runtime, held: Claim, worker: str, messages: list[str]) -> Claim | None:
    try:
        product = _work(rt, held)
        crash_point("worked")
        following = _finish(rt, held, product, worker, messages)
    except LostClaim:
        log.warning("step %s was taken over by another worker", held.step_id)
        return None
    except Exception as error:  # noqa: BLE001 - the edge of an attempt: counted, kept and shown, never lost
        fail_attempt(rt, held, error)
        return None
    crash_point("finished")
    return following


def _work(rt: Runtime, held: Claim) -> Product:
    if held.error is not None:
        raise held.error
    return VERBS[held.verb].work(rt, held.input)


def _finish(rt: Runtime, held: Claim, product: Product, worker: str, messages: list[str]) -> Claim | None:
    """One transaction: result, papers, messages, event, and the next step already claimed by this worker."""
    with rt.database.writing() as session:
        now = rt.clock.now()
        lock_going_run(session, held.run_id)
        ctx = context(rt, session, session.get_one(StepRow, held.step_id), now)
        release_claim(session, held, "done", now)
        session.refresh(ctx.row)
        written: list[str] = []
        outcome = VERBS[held.verb].settle(ctx, product, written.append)
        following = go_through(rt, session, move_on(ctx, outcome), written.append)
        session.flush()
        crash_point("finishing")
        claimed = _claim_next(rt, session, following, worker)
    messages.extend(written)
    return claimed


def _claim_next(rt: Runtime, session: Session, following: StepRow | None, worker: str) -> Claim | None:
    """Born claimed: saves a commit and a ring. A step that is not due yet is left to the poller."""
    if following is None:
        return None
    return claim(rt, session, following.id, worker, VERBS[following.verb].freeze)
