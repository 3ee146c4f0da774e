"""Workers and pollers: who lives, who has gone without a word, and what each is at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from forms_service.engine.heartbeat import Kind
from forms_service.engine.process import is_dead
from forms_service.storage.runs import FOR_MACHINES, RunRow, StepRow, WorkerRow
from forms_service.upkeep.up_to import word

LIVES_FOR = timedelta(minutes=1)
"""After a sign of life, of which there are four a minute."""
MISSED_FOR = timedelta(days=1)
"""How long one that went without a word is told of."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Hand:
    """One process. ``verb`` and ``workflow`` are what it is at, ``since`` when that has taken long enough to know."""

    machine: str
    kind: str
    lives: bool
    began_at: datetime | None
    seen_at: datetime
    verb: str
    workflow: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class _Work:
    step_id: str = ""
    verb: str = ""
    workflow: str = ""


NOTHING = _Work()


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who live, and those who have gone without a word; the most recently seen first."""

    hands: tuple[Hand, ...]

    def alive(self, kind: Kind) -> int:
        return sum(hand.lives for hand in self.hands if hand.kind == kind)

    @property
    def missed(self) -> int:
        return sum(not hand.lives for hand in self.hands)


def crew_of(session: Session, now: datetime) -> Crew:
    """In two questions, however many there have been."""
    here = select(WorkerRow).where(WorkerRow.left_at.is_(None), WorkerRow.seen_at > now - MISSED_FOR)
    rows = session.scalars(here.order_by(WorkerRow.seen_at.desc(), WorkerRow.id).limit(MOST)).all()
    at_work = _at_work(session)
    return Crew(tuple(_hand(row, at_work.get(row.id, NOTHING), now) for row in rows))


def _at_work(session: Session) -> Mapping[str | None, _Work]:
    """What each process has claimed at this moment."""
    claimed = select(StepRow.claimed_by, StepRow.id, StepRow.verb, RunRow.workflow)
    claimed = claimed.join(RunRow, RunRow.id == StepRow.run_id)
    claimed = claimed.where(text(f"step.{FOR_MACHINES}"), StepRow.status == word("running"))
    return {worker: _Work(*work) for worker, *work in session.execute(claimed.limit(MOST)).all()}


def _hand(row: WorkerRow, work: _Work, now: datetime) -> Hand:
    lives = row.seen_at > now - LIVES_FOR and not is_dead(row.id)
    since = row.busy_since if work.step_id and work.step_id == row.step_id else None
    machine = row.id.partition(":")[0]
    return Hand(machine, row.kind, lives, row.began_at, row.seen_at, work.verb, work.workflow, since)
