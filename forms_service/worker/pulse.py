"""The poller's signs of life, and an end to what is told of processes that are long gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete

from forms_service.engine.heartbeat import Kind, beat
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.turn import Turn
from forms_service.storage.runs import WorkerRow

EVERY = timedelta(seconds=15)
KEPT = timedelta(days=30)
"""How long a process is remembered after its last sign of life."""


@dataclass(slots=True)
class Pulse:
    """When this poller last said that it looks."""

    turn: Turn = field(default_factory=lambda: Turn(EVERY))

    def look(self, rt: Runtime) -> int:
        """Nothing of this counts as work done."""
        now = rt.clock.now()
        if self.turn.has_come(now):
            beat(rt, identity(), Kind.POLLER)
            _forget_the_long_gone(rt, now)
        return 0


def _forget_the_long_gone(rt: Runtime, now: datetime) -> None:
    with rt.database.writing() as session:
        session.execute(delete(WorkerRow).where(WorkerRow.seen_at < now - KEPT))
