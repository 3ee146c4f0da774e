"""What workers do, done here and now and each thing at its own time: a demo is filled before there are any."""

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
from forms_service.storage.runs import StepRow


def live_until(rt: Runtime, clock: FrozenClock, moment: datetime) -> None:
    """Take every step that falls due by then, send what it wrote, and leave the runtime's clock at that moment.

    What somebody's answer wrote by itself is sent first.
    """
    for message_id in _unsent(rt):
        deliver(rt, message_id, identity())
    while due := _next(rt, moment):
        step_id, due_at = due
        clock.instant = max(clock.instant, due_at)
        for message_id in work(rt, step_id, identity()):
            deliver(rt, message_id, identity())
    clock.instant = moment


def _unsent(rt: Runtime) -> Sequence[str]:
    written = select(MessageRow.id).where(MessageRow.status == "created").order_by(MessageRow.created_at)
    with rt.database.reading() as session:
        return session.scalars(written).all()


def _next(rt: Runtime, moment: datetime) -> tuple[str, datetime] | None:
    ready = select(StepRow.id, StepRow.due_at).where(StepRow.status == "ready", StepRow.due_at <= moment)
    with rt.database.reading() as session:
        row = session.execute(ready.order_by(StepRow.due_at, StepRow.created_at).limit(1)).one_or_none()
    return (row.id, row.due_at) if row else None
