"""Closing steps that nobody waits for any more, with the messages and links that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms_service.engine.held import beside_the_way
from forms_service.engine.lock import CANCELLED
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow, StepRow

OPEN = ("waiting", "ready", "paused", "running", "incident")
UNSENT = ("created", "paused", "failed", "withheld")


def close_open(session: Session, run_id: str, now: datetime) -> None:
    """At a run's end: what is open in other lanes; a held sending stays, since it belongs to a step that is passed."""
    rows = session.execute(select(StepRow.id, StepRow.path).where(StepRow.run_id == run_id, StepRow.status.in_(OPEN)))
    close_steps(session, [step_id for step_id, path in rows if not beside_the_way(path)], now)


def close_steps(session: Session, step_ids: Sequence[str], now: datetime) -> None:
    """Cancel steps that are open, what they wrote and has not been sent, and the links to them."""
    if not step_ids:
        return
    still_open = update(StepRow).where(StepRow.id.in_(step_ids), StepRow.status.in_(OPEN))
    session.execute(still_open.values(status=CANCELLED, token=None, finished_at=now))
    unsent = update(MessageRow).where(MessageRow.step_id.in_(step_ids), MessageRow.status.in_(UNSENT))
    session.execute(unsent.values(status=CANCELLED))
    links = update(LinkRow).where(LinkRow.step_id.in_(step_ids), LinkRow.used_at.is_(None))
    links = links.where(LinkRow.revoked_at.is_(None))
    session.execute(links.values(revoked_at=now))
