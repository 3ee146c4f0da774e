"""One transaction at a time for each run: whoever changes a run locks its row first, before any of its steps."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from forms_service.errors import LostClaim
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import RunRow

CANCELLED = "cancelled"
LOCKED = select(RunRow).where(RunRow.id == bindparam("run")).with_for_update().execution_options(populate_existing=True)


def lock_run(session: Session, run_id: str) -> RunRow:
    """The run as it is now, locked until the transaction ends (SQLite: the whole database is)."""
    return remember(session, session.execute(LOCKED, {"run": run_id}).scalar_one())


def remember(session: Session, run: RunRow) -> RunRow:
    """A session forgets what nobody holds, and would ask for the run again."""
    session.info[run.id] = run
    return run


def lock_run_of(session: Session, message: MessageRow) -> RunRow | None:
    """The run of a message, locked; None for one that belongs to none (engine.letter)."""
    return lock_run(session, message.run_id) if message.run_id else None


def lock_going_run(session: Session, run_id: str) -> RunRow:
    """The same, for those who want to go on with it. Raises LostClaim when it was cancelled meanwhile."""
    run = lock_run(session, run_id)
    if run.status == CANCELLED:
        raise LostClaim
    return run
