"""What comes next in a rehearsal: a step of the machine, a day of the calendar, another start, a person's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import Row, select

from forms_service.clock import FrozenClock
from forms_service.engine.calendar import Calendar
from forms_service.engine.held import is_held_task
from forms_service.engine.path import step_of
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.engine.stopped_clock import later
from forms_service.language.definitions import Workflow
from forms_service.language.duration import after
from forms_service.rehearsal.actors import Actors
from forms_service.rehearsal.machine import next_due, send_all, take
from forms_service.rehearsal.told import Also, Given, Told
from forms_service.storage.runs import RunRow, StepRow

OPENS = time(9)
"""When people begin what they begin on a day."""
DROP = Given(typed={"outcome": ("drop",)})
"""How a missing release is settled where nothing is told of it: to try again would never end."""

Task = Row[StepRow, RunRow]


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that comes, when, and how it is done."""

    at: datetime
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a task will be answered, and for how many seconds its run had stood still when it came."""

    given: Given
    stood_still: int


@dataclass(slots=True)
class Scene:
    """A rehearsal that goes on. ``plans`` are by the id of a task's row, ``times`` count how often a step has asked."""

    rt: Runtime
    clock: FrozenClock
    told: Told
    actors: Actors
    starts: list[Coming] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    times: Counter[tuple[str, str]] = field(default_factory=Counter)

    def begin(self, workflow: Workflow, subject: Subject) -> None:
        """Plan the starts that are known beforehand; one on a date of its own is left to the calendar."""
        now = self.clock.now()
        if not workflow.start.on:
            self.starts.append(Coming(now, lambda: self.actors.start(workflow, self.told.start, subject)))
        self.starts.extend(self._also(also) for also in self.told.also)
        if any(each.start.on for each in self.rt.library.current().workflows.values()):
            self.starts.append(Coming(now, self._day))

    def next(self) -> Coming | None:
        """What comes next; of things at the same time the machine's own first, then starts, then answers."""
        found = [*self._machine(), *self.starts, *self._answers()]
        return min(found, key=lambda coming: coming.at, default=None)

    def play(self, coming: Coming) -> None:
        """Do it at its time, and send what it wrote."""
        self.clock.instant = max(self.clock.instant, coming.at)
        if coming in self.starts:
            self.starts.remove(coming)
        coming.do()
        send_all(self.rt)

    def _machine(self) -> Iterator[Coming]:
        due = next_due(self.rt)
        if due:
            step_id, at = due
            yield Coming(at, lambda: take(self.rt, step_id))

    def _day(self) -> None:
        """What starts by itself today, and the same tomorrow."""
        calendar = Calendar()
        calendar.look(self.rt)
        while calendar.ahead:
            calendar.look(self.rt)
        tomorrow = self.clock.now().astimezone(self.rt.zone).date() + timedelta(days=1)
        self.starts.append(Coming(datetime.combine(tomorrow, time(), self.rt.zone), self._day))

    def _also(self, also: Also) -> Coming:
        workflow = self.rt.library.current().workflows[also.start]

        def do() -> None:
            with self.rt.database.reading() as session:
                known = self.rt.service.subjects(session, workflow.about) if workflow.about else ()
            self.actors.start(workflow, also.given, known[-1] if known else NO_SUBJECT)

        return Coming(datetime.combine(also.on, OPENS, self.rt.zone), do)

    def _answers(self) -> Iterator[Coming]:
        """When each open task will be answered; nobody answers while its run stands still."""
        open_tasks = select(StepRow, RunRow).join(RunRow, RunRow.id == StepRow.run_id)
        open_tasks = open_tasks.where(StepRow.verb == "ask", StepRow.status == "waiting")
        with self.rt.database.reading() as session:
            tasks = session.execute(open_tasks.order_by(StepRow.created_at, RunRow.workflow, StepRow.path)).all()
        for task in tasks:
            yield from self._answer(*task)

    def _answer(self, row: StepRow, run: RunRow) -> Iterator[Coming]:
        plan = self.plans.get(row.id) or self._plan(row, run)
        if plan.given.after is not None and run.status != "paused":
            at = after(row.created_at, plan.given.after, self.rt.zone)
            still = timedelta(seconds=run.paused_seconds - plan.stood_still)
            yield Coming(later(at, still, self.rt.zone), lambda: self.actors.answer(row.id, plan.given))

    def _plan(self, row: StepRow, run: RunRow) -> Plan:
        step = step_of(row.path)
        self.times[run.workflow, step] += 1
        held = is_held_task(row.path)
        given = DROP if held else self.told.given(run.workflow, step, self.times[run.workflow, step])
        self.plans[row.id] = Plan(given, run.paused_seconds)
        return self.plans[row.id]
