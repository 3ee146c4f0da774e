"""What a person decides about a message that failed, or that nobody knows about."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import update

from forms_service.engine.history import record
from forms_service.engine.lock import lock_run
from forms_service.engine.pause import status_for_unsent
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone, NotFound, ReleaseMissing
from forms_service.storage.outbox import MessageRow

Decision = Literal["sent", "send_again"]


def retry_message(rt: Runtime, message_id: str, actor: Actor) -> None:
    """Send a failed or withheld message again; the release is checked again. Raises NotFound, AlreadyDone."""
    _decide(rt, message_id, ("failed", "withheld"), "send_again", actor)


def settle_message(rt: Runtime, message_id: str, decision: Decision, actor: Actor) -> None:
    """Say what became of a message that may or may not have been sent. Raises NotFound, AlreadyDone."""
    _decide(rt, message_id, ("unknown",), decision, actor)


def _decide(rt: Runtime, message_id: str, statuses: tuple[str, ...], decision: Decision, actor: Actor) -> None:
    now = rt.clock.now()
    with rt.database.writing() as session:
        known = session.get(MessageRow, message_id)
        if known is None or known.run_id is None:
            raise NotFound("there is no message with this id")
        run = lock_run(session, known.run_id)
        status = status_for_unsent(run, wanted_link=known.link_id is not None)
        again: dict[str, object] = {"status": status, "due_at": now, "attempt": 0}
        again |= {"dot_at": None, "token": None, "problem": "", "at_once": True}
        values = again if decision == "send_again" else {"status": "sent", "sent_at": now}
        settled = update(MessageRow).where(MessageRow.id == message_id, MessageRow.status.in_(statuses))
        settled = settled.where(MessageRow.problem != ReleaseMissing.code)  # its task puts document and message back
        if session.execute(settled.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
            raise AlreadyDone
        record(session, run.id, "message_settled", now, person_id=actor.person_id, decision=decision, via=actor.via)
    rt.bell.ring_message(message_id)
