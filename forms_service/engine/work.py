"""Taking steps one after the other: claim, work outside any transaction, finish in one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from forms_service.engine.advance import go_through, move_on
from forms_service.engine.claim import Claim, Freezer, claim, claim_newborn, claim_next, end_claim
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.dispatch import announce, ring
from forms_service.engine.failure import fail_attempt
from forms_service.engine.runtime import Runtime
from forms_service.engine.verbs import VERBS, Product
from forms_service.errors import LostClaim
from forms_service.storage.runs import StepRow

ON_END = timedelta(seconds=20)
"""How long a worker goes on from step to step before others get their turn."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Shift:
    """One worker's way from step to step: since when, and the messages written on it."""

    worker: str
    since: datetime
    messages: list[str] = field(default_factory=list)


def work(rt: Runtime, step_id: str, worker: str) -> tuple[str, ...]:
    """Take a step and go on with the run's next ones; ids of the messages that now wait to be sent.

    Does nothing when the step is somebody else's, finished, or not due.
    """
    held = _take(rt, step_id, worker)
    return carry_on(rt, held, worker) if held else ()


def work_next(rt: Runtime, worker: str) -> tuple[str, ...] | None:
    """The same with the step that has been due the longest, rung for or not; None when no step is due."""
    with rt.database.writing() as session:
        held = claim_next(rt, session, worker, _freezer_of)
    return carry_on(rt, held, worker) if held else None


def carry_on(rt: Runtime, first: Claim, worker: str) -> tuple[str, ...]:
    """Do a claimed step and the run's next ones, until one waits or is not due."""
    shift = _Shift(worker, rt.clock.now())
    held: Claim | None = first
    while held is not None:
        crash_point("claimed")
        held = _attempt(rt, held, shift)
    return tuple(shift.messages)


def _take(rt: Runtime, step_id: str, worker: str) -> Claim | None:
    with rt.database.writing() as session:
        return claim(rt, session, step_id, worker, _freezer_of)


def _attempt(rt: Runtime, held: Claim, shift: _Shift) -> Claim | None:
    try:
        with rt.heart.holding(held.token, held.step_id, rt.clock.now()):
            product = _work(rt, held)
            crash_point("worked")
            following = _finish(rt, held, product, shift)
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
    work_of_verb = VERBS[held.verb].work
    return work_of_verb(rt, held.input) if work_of_verb else None


def _freezer_of(verb: str) -> Freezer | None:
    return VERBS[verb].freeze


def _finish(rt: Runtime, held: Claim, product: Product, shift: _Shift) -> Claim | None:
    """One transaction: result, papers, messages, event, and the next step already claimed by this worker."""
    with rt.database.writing() as session:
        now = rt.clock.now()
        run = end_claim(session, held, now)
        ctx = Context(rt, session, rt.library.of(session, run.definition_id), run, held.row, now)
        written: list[str] = []
        outcome = VERBS[held.verb].settle(ctx, product, written.append)
        following = go_through(rt, session, move_on(ctx, outcome), written.append)
        claimed, others = _share(rt, session, following, shift)
        session.flush()
        crash_point("finishing")
    shift.messages.extend(written)
    for row in others:
        ring(rt, row)
    return claimed


def _share(
    rt: Runtime, session: Session, following: Sequence[StepRow], shift: _Shift
) -> tuple[Claim | None, Sequence[StepRow]]:
    """The first step is born claimed, which saves a commit and a ring; others may be taken by other workers."""
    mine = following[:1] if rt.clock.now() - shift.since < ON_END else []
    claims = [claim_newborn(rt, session, row, shift.worker, _freezer_of) for row in mine]
    others = following[len(mine) :]
    for row in others:
        announce(rt, row)
    return (claims[0] if claims else None), others
