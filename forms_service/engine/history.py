"""What happened in a run: events numbered without gaps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.storage.runs import EventRow, RunRow


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
    counted = update(RunRow).where(RunRow.id == run_id).values(last_event=RunRow.last_event + 1)
    number = session.execute(counted.returning(RunRow.last_event)).scalar_one()
    session.add(
        EventRow(run_id=run_id, number=number, at=now, kind=kind, path=path, person_id=person_id, detail=detail)
    )
