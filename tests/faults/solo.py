"""The whole town in one process: people, poller and worker take turns; time passes when nobody has anything to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from forms_service.engine.dispatch import RING_AGAIN, dispatch
from forms_service.engine.process import is_dead
from forms_service.engine.runtime import Runtime
from forms_service.engine.sweep import sweep
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import StepRow
from forms_service.worker.jobs import deliver_message, put_to_work, run_step
from tests.faults.people import Scenario, answer_what_is_due, open_tasks, retry_what_stopped, start_what_is_due
from tests.faults.town import ListBell, TownClock

HORIZON = timedelta(days=3650)
RUNNING = select(StepRow.lease_until).where(StepRow.status == "running")
SENDING = select(MessageRow.lease_until).where(MessageRow.status == "sending")


@dataclass(slots=True)
class Solo:
    """Plays a scenario from wherever the database stands to its end."""

    rt: Runtime
    plan: Scenario
    retried: int = 0
    sweeps: bool = True

    def play(self, until: datetime | None = None) -> None:
        while self.act() or self.let_time_pass(until):
            pass

    def act(self) -> bool:
        """One turn of everybody; whether anybody did anything."""
        if self.machines():
            return True
        self.retried += (again := retry_what_stopped(self.rt))
        return bool(again or start_what_is_due(self.rt, self.plan) or answer_what_is_due(self.rt))

    def machines(self) -> bool:
        put_to_work(self.rt)
        bell = self.rt.bell
        assert isinstance(bell, ListBell)
        touched = (sweep(self.rt, is_dead) if self.sweeps else 0) + dispatch(self.rt)
        rings, bell.rings = bell.rings, []
        for kind, row_id, number in rings:
            if kind == "step":
                run_step(row_id, number)
            else:
                deliver_message(row_id)
        return bool(touched or rings)

    def let_time_pass(self, until: datetime | None = None) -> bool:
        moment = self.next_moment()
        if moment is None or (until is not None and moment > until):
            return False
        assert isinstance(self.rt.clock, TownClock)
        self.rt.clock.move_to(moment)
        return True

    def next_moment(self) -> datetime | None:
        """When something will be due again; a ring that was lost is rung again after a while."""
        now = self.rt.clock.now()
        with self.rt.database.reading() as session:
            moments = [when for _, _, when in open_tasks(session)]
            again = now + RING_AGAIN + timedelta(seconds=1)
            ready = session.scalars(select(StepRow.due_at).where(StepRow.status == "ready"))
            moments += [due if due > now else again for due in ready]
            moments += session.scalars(select(MessageRow.due_at).where(MessageRow.status == "created"))
            if self.sweeps:
                held = (*session.scalars(RUNNING), *session.scalars(SENDING))
                moments += [until + timedelta(seconds=1) for until in held if until]
        moments += [start.at for start in self.plan if start.at > now]
        ahead = [moment for moment in moments if now < moment < now + HORIZON]
        return min(ahead, default=None)
