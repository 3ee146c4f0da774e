"""Going on in a run: what follows a step, and steps that need no work of their own, in the same transaction."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.engine.begin import end_run
from forms_service.engine.claim import context
from forms_service.engine.close import close_open
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.follow import enter, pass_on
from forms_service.engine.history import record
from forms_service.engine.outcome import Again, Aside, Done, Ends, GoTo, Opens, Outcome, Waits
from forms_service.engine.pause import status_for_new
from forms_service.engine.runtime import Runtime
from forms_service.engine.verbs import VERBS
from forms_service.errors import MoveRefused
from forms_service.language.definitions import Do
from forms_service.storage.runs import StepRow

AT_A_TIME = 100
"""Quick steps in one transaction; what comes after them is left to a worker, so that no lock is held for long."""

log = logging.getLogger(__name__)


def go_through(
    rt: Runtime, session: Session, rows: Iterable[StepRow], posted: Callable[[str], None], said: str | None = None
) -> list[StepRow]:
    """Do quick steps one after the other (choices, moves, questions, messages); what is left for workers, in order.

    Saves a commit for each. What goes wrong is undone to before that step, which a worker then tries and accounts for.
    Except a move with the answers that are just being ``said`` (the path of their task; empty for a start form): when
    the domain refuses it, MoveRefused reaches whoever said them, and nothing has happened.
    """
    ahead, left, done = deque(rows), [], 0
    while ahead:
        row = ahead.popleft()
        following = _quickly(rt, session, row, posted, said) if done < AT_A_TIME else None
        if following is None:
            left.append(row)
        else:
            done += 1
            ahead.extendleft(reversed(following))
    return [row for row in left if row.status == "ready" and row.due_at <= rt.clock.now()]


def _quickly(
    rt: Runtime, session: Session, row: StepRow, posted: Callable[[str], None], said: str | None
) -> list[StepRow] | None:
    """The rows that follow; None when this step is not for now, or not for here."""
    if not VERBS[row.verb].is_quick or row.status != "ready" or row.due_at > rt.clock.now():
        return None
    written: list[str] = []
    try:
        with session.begin_nested():
            following = _do(rt, session, row, written)
    except Exception as error:
        log.info("step %s is left to a worker: %s", row.id, type(error).__name__)
        session.refresh(row)
        if isinstance(error, MoveRefused) and said is not None and _is_made_of(rt, session, row, said):
            raise
        return None
    for message_id in written:
        posted(message_id)
    return following


def _is_made_of(rt: Runtime, session: Session, row: StepRow, said: str) -> bool:
    """Whether a move is made with the answers from that place."""
    ctx = context(rt, session, row, rt.clock.now())
    step = ctx.step_if_any
    return isinstance(step, Do) and step.failed is None and said == (ctx.path_of(step.source) if step.source else "")


def _do(rt: Runtime, session: Session, row: StepRow, written: list[str]) -> list[StepRow]:
    now = rt.clock.now()
    row.status, row.attempt, row.finished_at = "done", row.attempt + 1, now
    ctx = context(rt, session, row, now)
    following = move_on(ctx, VERBS[row.verb].settle(ctx, None, written.append))
    session.flush()
    crash_point("done_on_the_way")
    return following


def move_on(ctx: Context, outcome: Outcome) -> list[StepRow]:
    """Write down what became of a step; the rows that follow."""
    match outcome:
        case Waits(begun):
            _wait(ctx)
            return [*begun]
        case Opens(steps, result):
            _keep(ctx.row, result)
            _wait(ctx)
            return [enter(ctx, step, (*ctx.items, number) if number else ctx.items) for step, number in steps]
        case Aside(result, begun):
            _keep(ctx.row, result)
            return [*begun]
        case Again(due_at):
            _ring_again(ctx, due_at)
            return []
        case _:
            return _pass(ctx, outcome)


def _pass(ctx: Context, outcome: Done | GoTo | Ends) -> list[StepRow]:
    if isinstance(outcome, Done):
        _keep(ctx.row, outcome.result)
        return [*pass_on(ctx), *outcome.begun]
    record(ctx.session, ctx.run.id, "done", ctx.now, path=ctx.row.path)
    if isinstance(outcome, GoTo):
        _keep(ctx.row, outcome.result)
        return [enter(ctx, outcome.step, ctx.items)]
    end_run(ctx.session, ctx.run, outcome.outcome, ctx.now)
    close_open(ctx.session, ctx.run.id, ctx.now)
    return []


def _ring_again(ctx: Context, due_at: datetime) -> None:
    row = ctx.row
    row.status, row.finished_at, row.attempt = status_for_new(ctx.run), None, 0
    row.due_at, row.dispatched_at = due_at, None


def _keep(row: StepRow, result: Mapping[str, object]) -> None:
    """Most steps give nothing; a row that stays as it is need not be written."""
    if row.result != result:
        row.result = dict(result)


def _wait(ctx: Context) -> None:
    ctx.row.status, ctx.row.finished_at = "waiting", None
    record(ctx.session, ctx.run.id, "waiting", ctx.now, path=ctx.row.path)
