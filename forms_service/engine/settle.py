"""What a person decides about things that stopped: an incident, a failed message, a message nobody knows about."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import update

from forms_service.engine.dispatch import announce, ring
from forms_service.engine.history import record
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyAnswered, ReleaseMissing
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import StepRow


def retry_step(rt: Runtime, step_id: str, actor: Actor) -> None:
    """Try an incident again from the step that stopped. Raises AlreadyAnswered when it is no incident any more."""
    now = rt.clock.now()
    with rt.database.writing() as session:
        again = update(StepRow).where(StepRow.id == step_id, StepRow.status == "incident")
        values = {"status": "ready", "attempt": 0, "due_at": now, "problem": "", "dispatched_at": None, "input": {}}
        if session.execute(again.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
            raise AlreadyAnswered
        row = session.get_one(StepRow, step_id)
        announce(rt, row)
        record(session, row.run_id, "retried", now, path=row.path, person_id=actor.person_id)
    ring(rt, row)


def retry_message(rt: Runtime, message_id: str, actor: Actor) -> None:
    """Send a failed or withheld message again; the release is checked again."""
    _decide(rt, message_id, ("failed", "withheld"), "send_again", actor)


def settle_message(rt: Runtime, message_id: str, decision: Literal["sent", "send_again"], actor: Actor) -> None:
    """Say what became of a message that may or may not have been sent."""
    _decide(rt, message_id, ("unknown",), decision, actor)


def _decide(rt: Runtime, message_id: str, statuses: tuple[str, ...], decision: str, actor: Actor) -> None:
    now = rt.clock.now()
    again: dict[str, object] = {
        "status": "created",
        "due_at": now,
        "attempt": 0,
        "dot_at": None,
        "token": None,
        "problem": "",
    }
    values = again if decision == "send_again" else {"status": "sent", "sent_at": now}
    with rt.database.writing() as session:
        settled = update(MessageRow).where(MessageRow.id == message_id, MessageRow.status.in_(statuses))
        settled = settled.where(MessageRow.problem != ReleaseMissing.code)  # its task puts document and message back
        if session.execute(settled.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
            raise AlreadyAnswered
        row = session.get_one(MessageRow, message_id)
        record(session, row.run_id, "message_settled", now, person_id=actor.person_id, decision=decision)
    rt.bell.ring_message(message_id)
