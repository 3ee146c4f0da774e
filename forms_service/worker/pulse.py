"""The poller's signs of life, and an end to what is told of processes that are long gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from forms_service.engine.heartbeat import Kind, beat
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.storage.runs import WorkerRow

EVERY = timedelta(seconds=15)
KEPT = timedelta(days=30)
"""How long a process is remembered after its last sign of life."""


@dataclass(slots=True)
class Pulse:
    """When this poller last said that it looks."""

    said_at: datetime | None = None

    def look(self, rt: Runtime) -> int:
        """Nothing of this counts as work done."""
        now = rt.clock.now()
        if self.said_at is None or abs(now - self.said_at) >= EVERY:
            self.said_at = now
            beat(rt, identity(), Kind.POLLER)
            _forget_the_long_gone(rt, now)
        return 0


def _forget_the_long_gone(rt: Runtime, now: datetime) -> None:
    with rt.database.writing() as session:
        session.execute(delete(WorkerRow).where(WorkerRow.seen_at < now - KEPT))
