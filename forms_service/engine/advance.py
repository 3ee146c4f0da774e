"""Going on in a run: what follows a step, and steps that need no work of their own, in the same transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy.orm import Session

from forms_service.engine.begin import end_run, enter
from forms_service.engine.claim import context
from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.engine.outcome import Aside, Done, Ends, GoTo, Outcome, Waits
from forms_service.engine.runtime import Runtime
from forms_service.engine.verbs import VERBS
from forms_service.storage.runs import StepRow

log = logging.getLogger(__name__)


def go_through(rt: Runtime, session: Session, row: StepRow | None, posted: Callable[[str], None]) -> StepRow | None:
    """Do quick steps one after the other (choices, moves, questions, messages); the first one that is left, if any.

    Saves a commit for each. What goes wrong is undone to before that step, which a worker then tries and accounts for.
    """
    while row is not None and VERBS[row.verb].is_quick and row.due_at <= rt.clock.now():
        said: list[str] = []
        try:
            with session.begin_nested():
                following = _do_quickly(rt, session, row, said)
        except Exception as error:  # noqa: BLE001 - the worker meets it again, counts it and makes it visible
            log.info("step %s is left to a worker: %s", row.id, type(error).__name__)
            session.refresh(row)
            return row
        for message_id in said:
            posted(message_id)
        row = following
    return row


def _do_quickly(rt: Runtime, session: Session, row: StepRow, said: list[str]) -> StepRow | None:
    now = rt.clock.now()
    row.status, row.attempt, row.finished_at = "done", row.attempt + 1, now
    ctx = context(rt, session, row, now)
    following = move_on(ctx, VERBS[row.verb].settle(ctx, None, said.append))
    session.flush()
    return following


def move_on(ctx: Context, outcome: Outcome) -> StepRow | None:
    """Write down what became of a step; the row of the step that follows, if one does."""
    row, run, now = ctx.row, ctx.run, ctx.now
    match outcome:
        case Waits():
            row.status, row.finished_at = "waiting", None
            record(ctx.session, run.id, "waiting", now, path=row.path)
            return None
        case Aside(result):
            row.result = dict(result)
            return None
        case Ends(words):
            record(ctx.session, run.id, "done", now, path=row.path)
            end_run(ctx.session, run, words, now)
            return None
        case Done(result):
            row.result = dict(result)
            record(ctx.session, run.id, "done", now, path=row.path)
            return enter(ctx.session, run, ctx.edition.plan.following[ctx.step_id], now)
        case GoTo(step, result):
            row.result = dict(result)
            record(ctx.session, run.id, "done", now, path=row.path)
            return enter(ctx.session, run, step, now)
