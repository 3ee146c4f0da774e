"""What happened in a run: events numbered without gaps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from forms_service.storage.base import table_of
from forms_service.storage.runs import EventRow, RunRow

_RUNS = table_of(RunRow)
COUNT = (
    update(_RUNS)
    .where(_RUNS.c.id == bindparam("run"))
    .values(last_event=_RUNS.c.last_event + 1)
    .returning(_RUNS.c.last_event)
)
WRITE = insert(table_of(EventRow))


def record(
    session: Session,
    run_id: str,
    kind: str,
    now: datetime,
    *,
    path: str = "",
    person_id: str | None = None,
    **detail: object,
) -> None:
    """Add one event; counting locks the run's row, so that a run's transactions go one after the other."""
    number = session.execute(COUNT, {"run": run_id}).scalar_one()
    event = {"run_id": run_id, "number": number, "at": now, "kind": kind, "path": path, "person_id": person_id}
    session.execute(WRITE, event | {"detail": detail})
