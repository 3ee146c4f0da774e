"""What workers do, done here and now: a demo is filled before there are any."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.deliver import deliver
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.work import work
from forms_service.storage.runs import StepRow


def do_what_is_due(rt: Runtime) -> None:
    """Take every step that is due, and those that follow, until none is; then send what that wrote."""
    while due := _due(rt):
        for step_id in due:
            for message_id in work(rt, step_id, identity()):
                deliver(rt, message_id, identity())


def _due(rt: Runtime) -> list[str]:
    with rt.database.reading() as session:
        ready = select(StepRow.id).where(StepRow.status == "ready", StepRow.due_at <= rt.clock.now())
        return list(session.scalars(ready))
