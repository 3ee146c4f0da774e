"""Trying steps again that stopped."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.dispatch import announce, ring
from forms_service.engine.history import record
from forms_service.engine.operate.act import locked_step
from forms_service.engine.pause import PAUSED, status_for_new, time_in
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.engine.verbs import VERBS
from forms_service.errors import FormsServiceError

log = logging.getLogger(__name__)


def retry_steps(rt: Runtime, step_ids: Sequence[str], actor: Actor) -> int:
    """Try incidents again, each in a transaction of its own; how many there were.

    Those that are none any more are left out, and one that cannot be tried again stops no other.
    """
    tried = 0
    for step_id in step_ids:
        try:
            tried += _retry(rt, step_id, actor)
        except (FormsServiceError, SQLAlchemyError) as error:
            log.warning("step %s could not be tried again: %s", step_id, type(error).__name__)
    return tried


def _retry(rt: Runtime, step_id: str, actor: Actor) -> bool:
    with rt.database.writing() as session:
        ctx = locked_step(rt, session, step_id)
        row = ctx.row
        if row.status != "incident":
            return False
        row.status, row.dispatched_at = status_for_new(ctx.run), None
        row.due_at = time_in(rt, session, ctx.run, ctx.now)
        row.attempt, row.problem, row.finished_at = 0, "", None
        if VERBS[row.verb].freeze:  # read anew; the clock of a series keeps that a person has moved it
            row.input = {}
        if row.status != PAUSED:
            announce(rt, row)
        record(session, row.run_id, "retried", ctx.now, path=row.path, person_id=actor.person_id, via=actor.via)
    if row.status != PAUSED:
        ring(rt, row)
    return True
