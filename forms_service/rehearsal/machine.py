"""What workers do, done here and now and each thing at its own time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from forms_service.clock import FrozenClock
from forms_service.engine.deliver import deliver
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.work import work
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import RunRow, StepRow


def live_until(rt: Runtime, clock: FrozenClock, moment: datetime) -> None:
    """Take every step that falls due by then, send what it wrote, and leave the runtime's clock at that moment.

    What somebody's answer wrote by itself is sent first.
    """
    send_all(rt)
    while (due := next_due(rt)) and due[1] <= moment:
        clock.instant = max(clock.instant, due[1])
        take(rt, due[0])
    clock.instant = moment


def take(rt: Runtime, step_id: str) -> None:
    """Do one step that is due, and what follows from it."""
    for message_id in work(rt, step_id, identity()):
        deliver(rt, message_id, identity())


def send_all(rt: Runtime) -> None:
    """Send what is written and not sent."""
    for message_id in _unsent(rt):
        deliver(rt, message_id, identity())


def next_due(rt: Runtime) -> tuple[str, datetime] | None:
    """The step that a machine takes next, and when; of two at the same time the one that came first."""
    ready = select(StepRow.id, StepRow.due_at).join(RunRow, RunRow.id == StepRow.run_id)
    first = ready.where(StepRow.status == "ready").order_by(
        StepRow.due_at, StepRow.created_at, RunRow.workflow, RunRow.round, StepRow.path, StepRow.visit
    )
    with rt.database.reading() as session:
        row = session.execute(first.limit(1)).one_or_none()
    return (row.id, row.due_at) if row else None


def _unsent(rt: Runtime) -> Sequence[str]:
    written = select(MessageRow.id).where(MessageRow.status == "created", MessageRow.due_at <= rt.clock.now())
    order = MessageRow.created_at, MessageRow.message, MessageRow.role
    with rt.database.reading() as session:
        return session.scalars(written.order_by(*order)).all()
