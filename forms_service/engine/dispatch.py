"""Ringing the workers' bell for what is due. The rows stay the truth; a ring may get lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import or_, select, text, update
from sqlalchemy.orm import Session

from forms_service.engine.crash import crash_point
from forms_service.engine.runtime import Runtime
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import FOR_MACHINES, StepRow

RING_AGAIN = timedelta(seconds=30)
"""A step that was rung for and not taken within this time is rung for again."""


def announce(rt: Runtime, row: StepRow) -> None:
    """Mark a step as rung for, in the transaction that makes it ready; ``ring`` follows the commit."""
    row.dispatch_no, row.dispatched_at = (row.dispatch_no or 0) + 1, rt.clock.now()


def ring(rt: Runtime, row: StepRow) -> None:
    """Ring for an announced step, unless workers are rung for already: who wakes takes all that is due.

    When nobody hears, the mark is taken back for the poller.
    """
    heard = rt.bell.ring_step(row.id, row.dispatch_no) if rt.bell.room() > 0 else rt.bell.answers()
    if not heard:
        _unmark(rt, row.id)


def dispatch(rt: Runtime) -> int:
    """Ring for due steps and messages, as many as workers can hear; how many rings got out."""
    room = rt.bell.room()
    rung = dispatch_steps(rt, room)
    rung += _dispatch_messages(rt, room - rung)
    crash_point("dispatched")
    return rung


def dispatch_steps(rt: Runtime, room: int) -> int:
    """Ring for due steps, at most ``room`` of them; how many rings got out."""
    if room <= 0:
        return 0
    with rt.database.reading() as session:
        due = list(_due_steps(rt, session, room))
    if not due:
        return 0
    with rt.database.writing() as session:
        numbers = _mark(rt, session, due)
    crash_point("dispatch_marked")
    rung = sum(rt.bell.ring_step(step_id, number) for step_id, number in numbers.items())
    crash_point("dispatch_rung")
    return rung


def _due_steps(rt: Runtime, session: Session, room: int) -> Iterator[str]:
    now = rt.clock.now()
    due = (
        select(StepRow.id)
        .where(text(FOR_MACHINES), StepRow.status == "ready", StepRow.due_at <= now)
        .where(
            or_(
                StepRow.dispatched_at.is_(None),
                StepRow.dispatched_at <= now - RING_AGAIN,
                StepRow.dispatched_at > now + RING_AGAIN,
            )
        )
        .order_by(StepRow.due_at, StepRow.created_at)
        .limit(room)
    )
    yield from session.scalars(due)


def _mark(rt: Runtime, session: Session, step_ids: list[str]) -> dict[str, int]:
    marked = (
        update(StepRow)
        .where(StepRow.id.in_(step_ids), StepRow.status == "ready")
        .values(dispatch_no=StepRow.dispatch_no + 1, dispatched_at=rt.clock.now())
        .returning(StepRow.id, StepRow.dispatch_no)
        .execution_options(synchronize_session=False)
    )
    return dict(session.execute(marked).all())


def _unmark(rt: Runtime, step_id: str) -> None:
    with rt.database.writing() as session:
        session.execute(update(StepRow).where(StepRow.id == step_id).values(dispatched_at=None))


def _dispatch_messages(rt: Runtime, room: int) -> int:
    if room <= 0:
        return 0
    due = select(MessageRow.id).where(MessageRow.status == "created", MessageRow.due_at <= rt.clock.now())
    with rt.database.reading() as session:
        ids = list(session.scalars(due.order_by(MessageRow.due_at).limit(room)))
    return sum(rt.bell.ring_message(message_id) for message_id in ids)
