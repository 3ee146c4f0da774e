"""One transaction at a time for each run: whoever changes a run locks its row first, before any of its steps."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.errors import LostClaim
from forms_service.storage.runs import RunRow

CANCELLED = "cancelled"


def lock_run(session: Session, run_id: str) -> RunRow:
    """The run as it is now, locked until the transaction ends (SQLite: the whole database is)."""
    found = select(RunRow).where(RunRow.id == run_id).with_for_update()
    return session.execute(found.execution_options(populate_existing=True)).scalar_one()


def lock_going_run(session: Session, run_id: str) -> RunRow:
    """The same, for those who want to go on with it. Raises LostClaim when it was cancelled meanwhile."""
    run = lock_run(session, run_id)
    if run.status == CANCELLED:
        raise LostClaim
    return run
