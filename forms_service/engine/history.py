"""What happened in a run: events numbered without gaps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from forms_service.storage.base import table_of
from forms_service.storage.runs import EventRow, RunRow

_RUNS, _EVENTS = table_of(RunRow), table_of(EventRow)
COUNT = (
    update(_RUNS)
    .where(_RUNS.c.id == bindparam("run_id"))
    .values(last_event=_RUNS.c.last_event + 1)
    .returning(_RUNS.c.last_event)
)
WRITE = insert(_EVENTS)
GIVEN = ("run_id", "at", "kind", "path", "person_id", "detail")
_counted = COUNT.cte("counted")
AT_ONCE = insert(_EVENTS).from_select(
    ["number", *GIVEN],
    select(_counted.c.last_event, *(bindparam(name, type_=_EVENTS.c[name].type) for name in GIVEN)),
)
"""Both in one statement, which PostgreSQL can do: one way to the server instead of two."""


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
    event = {"run_id": run_id, "at": now, "kind": kind, "path": path, "person_id": person_id, "detail": detail}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(AT_ONCE, event)
    else:
        number = session.execute(COUNT, {"run_id": run_id}).scalar_one()
        session.execute(WRITE, {**event, "number": number})
