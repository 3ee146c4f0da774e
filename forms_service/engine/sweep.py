"""Taking back what dead workers held: steps to be tried again, messages that may or may not have been sent."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from forms_service.engine.claim import context
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.deliver import GIVE_UP_AFTER
from forms_service.engine.failure import back_off, give_up, is_last
from forms_service.engine.history import record
from forms_service.engine.lock import lock_run, lock_run_of
from forms_service.engine.pause import status_for_new, status_for_unsent, time_in
from forms_service.engine.runtime import Runtime
from forms_service.errors import DefinitionError
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import FOR_MACHINES, RunRow, StepRow

WORKER_DIED = "worker_died"

LONGEST_LEASE = timedelta(hours=1)
"""A lease that ends later was given while the clock was wrong, and would otherwise be waited for for years."""

log = logging.getLogger(__name__)

IsDead = Callable[[str], bool]
"""Whether a worker is surely gone; False when it lives or runs on another machine."""

TakeBack = Callable[[Session, str], bool]
"""Takes back one row, unless it is not lost any more."""


def sweep(rt: Runtime, is_dead: IsDead) -> int:
    """Take back steps and messages whose lease has ended or whose worker is gone; how many.

    Each in a transaction of its own: one that cannot be taken back keeps no other from it.
    """
    with rt.database.reading() as session:
        steps = [
            row.id
            for row in session.scalars(select(StepRow).where(text(FOR_MACHINES), StepRow.status == "running"))
            if _is_lost(row, rt.clock.now(), is_dead)
        ]
        messages = [
            row.id
            for row in session.scalars(select(MessageRow).where(MessageRow.status == "sending"))
            if _is_lost(row, rt.clock.now(), is_dead)
        ]
    if not steps and not messages:
        return 0
    crash_point("sweeping")
    taken = _one_by_one(rt, steps, partial(_take_back, rt, is_dead))
    taken += _one_by_one(rt, messages, partial(_take_back_message, rt, is_dead))
    crash_point("swept")
    return taken


def _one_by_one(rt: Runtime, ids: Sequence[str], take_back: TakeBack) -> int:
    taken = 0
    for row_id in ids:
        try:
            with rt.database.writing() as session:
                is_taken = take_back(session, row_id)
            taken += is_taken  # only now: it is the commit that counts
        except Exception as error:  # noqa: BLE001 - the others matter as much; its words may be somebody's
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s cannot be taken back: %s\n%s", row_id, type(error).__name__, places)  # noqa: TRY400 - see above
    return taken


def _is_lost(row: StepRow | MessageRow, now: datetime, is_dead: IsDead) -> bool:
    until = row.lease_until
    expired = until is not None and not now <= until <= now + LONGEST_LEASE
    return expired or (row.claimed_by is not None and is_dead(row.claimed_by))


def _take_back(rt: Runtime, is_dead: IsDead, session: Session, step_id: str) -> bool:
    now = rt.clock.now()
    run = lock_run(session, session.get_one(StepRow, step_id).run_id)
    row = session.scalar(
        select(StepRow)
        .where(StepRow.id == step_id, StepRow.status == "running")
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None or not _is_lost(row, now, is_dead):
        return False
    row.token, row.lease_until, row.claimed_by = None, None, None
    if rt.library.if_readable(session, run.definition_id) is None:
        _stop(session, row, now)
    else:
        _try_again(context(rt, session, row, now))
    record(session, row.run_id, "worker_lost", now, path=row.path, attempt=row.attempt)
    session.flush()
    crash_point("step_taken_back")
    return True


def _stop(session: Session, row: StepRow, now: datetime) -> None:
    """A step of a version that cannot be read any more: nobody could do it, or say what comes after it."""
    row.status, row.problem = "incident", f"{DefinitionError.code}: {DefinitionError()}"
    record(session, row.run_id, "incident", now, path=row.path, problem=row.problem)


def _try_again(ctx: Context) -> None:
    row = ctx.row
    if is_last(ctx.step_if_any, row.attempt):
        give_up(ctx, WORKER_DIED)
        return
    row.status, row.dispatched_at = status_for_new(ctx.run), None
    begins = time_in(ctx.rt, ctx.session, ctx.run, ctx.now)
    row.due_at = begins if row.attempt == 1 else begins + back_off(row.attempt - 1)


def _take_back_message(rt: Runtime, is_dead: IsDead, session: Session, message_id: str) -> bool:
    """Without the mark of the dot it surely was not sent; with it, only a person can find out."""
    now = rt.clock.now()
    run = lock_run_of(session, session.get_one(MessageRow, message_id))
    found = select(MessageRow).where(MessageRow.id == message_id, MessageRow.status == "sending").with_for_update()
    row = session.scalar(found.execution_options(populate_existing=True))
    if row is None or not _is_lost(row, now, is_dead):
        return False
    row.status, row.lease_until, row.claimed_by = _after_loss(row, run), None, None
    if row.status != "unknown":  # a sender that was only slow may still come to know, and say so
        row.token = None
    if row.run_id is not None:
        record(session, row.run_id, "sender_lost", now, status=row.status)
    session.flush()
    crash_point("message_taken_back")
    return True


def _after_loss(row: MessageRow, run: RunRow | None) -> str:
    if row.dot_at is not None:
        return "unknown"
    gives_up = row.attempt >= GIVE_UP_AFTER
    return "failed" if gives_up else status_for_unsent(run, wanted_link=row.brings_a_wanted_link)
