"""Ways to take one guarantee from a process, so that the controls can show that the auditor would notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.engine import deliver, failure, work
from forms_service.engine.claim import FREED, Claim
from forms_service.engine.crash import crash_point
from forms_service.engine.lock import lock_run
from forms_service.engine.runtime import Runtime
from forms_service.messages.envelope import Envelope
from forms_service.messages.smtp import SmtpTransport
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import RunRow, StepRow

FENCE = "the fence"
MARK = "the mark before the dot"


def without_the_fence() -> None:
    """Whoever comes last finishes a step, whether or not it is still its own."""

    def end(session: Session, held: Claim, now: datetime) -> RunRow:
        run = lock_run(session, held.run_id)
        release(session, held, "done", now)
        session.add(held.row)
        session.refresh(held.row)
        return run

    def release(session: Session, held: Claim, status: str, now: datetime, **values: object) -> None:
        mine = update(StepRow).where(StepRow.id == held.step_id).values(status=status, **FREED, **values)
        session.execute(mine.execution_options(synchronize_session=False))

    work.end_claim = end  # type: ignore[attr-defined]
    failure.release_claim = release  # type: ignore[attr-defined]


def with_send_then_mark() -> None:
    """The moment before the dot is written down after it."""
    mark, send = deliver._mark_dot, SmtpTransport.send
    promised: list[Callable[[], None]] = []

    def promise(rt: Runtime, row: MessageRow) -> None:
        promised.append(lambda: mark(rt, row))

    def send_first(self: SmtpTransport, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        send(self, envelope, before_dot)
        crash_point("message_dot_marked")
        promised.pop()()

    deliver._mark_dot = promise
    SmtpTransport.send = send_first  # type: ignore[method-assign]


SABOTAGE: dict[str, Callable[[], None]] = {FENCE: without_the_fence, MARK: with_send_then_mark}
"""By what is missing."""
