"""What happened in a run: events numbered without gaps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from forms_service.storage.base import is_postgresql, table_of
from forms_service.storage.runs import EventRow, RunRow, StepRow

_RUNS, _EVENTS, _STEPS = table_of(RunRow), table_of(EventRow), table_of(StepRow)
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

LATEST_VISIT = select(func.max(_STEPS.c.visit)).where(
    _STEPS.c.run_id == bindparam("run"), _STEPS.c.path == bindparam("onward")
)
AT_ONCE_WITH_VISIT = AT_ONCE.returning(LATEST_VISIT.scalar_subquery())


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
    _write(session, {"run_id": run_id, "at": now, "kind": kind, "path": path, "person_id": person_id, "detail": detail})


def record_done(session: Session, run_id: str, path: str, now: datetime, onward: str) -> int:
    """Add the event of a step that is done; the number of the visit that its path ``onward`` has next."""
    event = {"run_id": run_id, "at": now, "kind": "done", "path": path, "person_id": None, "detail": {}}
    if is_postgresql(session):
        asked = {**event, "run": run_id, "onward": onward}
        return (session.execute(AT_ONCE_WITH_VISIT, asked).scalar_one() or 0) + 1
    _write(session, event)
    return next_visit(session, run_id, onward)


def next_visit(session: Session, run_id: str, path: str) -> int:
    return (session.scalar(LATEST_VISIT, {"run": run_id, "onward": path}) or 0) + 1


def _write(session: Session, event: dict[str, object]) -> None:
    if is_postgresql(session):
        session.execute(AT_ONCE, event)
    else:
        number = session.execute(COUNT, {"run_id": event["run_id"]}).scalar_one()
        session.execute(WRITE, {**event, "number": number})
