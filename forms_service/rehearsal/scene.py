"""What comes next in a rehearsal: a step of the machine, a day of the calendar, another start, a person's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import Row, select

from forms_service.clock import FrozenClock
from forms_service.engine.held import is_held_task
from forms_service.engine.path import step_of
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.engine.stopped_clock import later
from forms_service.errors import MoveRefused
from forms_service.language.definitions import Workflow
from forms_service.language.duration import after
from forms_service.rehearsal.actors import Actors, first_of
from forms_service.rehearsal.days import next_day, start_what_is_due
from forms_service.rehearsal.happening import Happening, What
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
    """How a task will be answered, counted from when, and for how many seconds its run had stood still by then."""

    given: Given
    since: datetime
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
    refusals: list[Happening] = field(default_factory=list)
    """What nobody has written down, because nothing has come of it."""

    def begin(self, workflow: Workflow, subject: Subject) -> None:
        """Plan the starts that are known beforehand; one on a date of its own is left to the calendar."""
        now = self.clock.now()
        self.starts.append(Coming(now, lambda: None))  # the first look at the calendar
        if not workflow.start.on:
            self.starts.append(Coming(now, lambda: self._start(workflow, self.told.start, subject)))
        self.starts.extend(self._also(also) for also in self.told.also)

    def next(self) -> Coming | None:
        """What comes next; of things at the same time the machine's own first, then starts, then answers."""
        found = [*self._machine(), *self._calendar(), *self.starts, *self._answers()]
        return min(found, key=lambda coming: coming.at, default=None)

    def play(self, coming: Coming) -> None:
        """Do it at its time, send what it wrote, and start what the day starts by itself."""
        self.clock.instant = max(self.clock.instant, coming.at)
        if coming in self.starts:
            self.starts.remove(coming)
        coming.do()
        send_all(self.rt)
        start_what_is_due(self.rt)

    def _machine(self) -> Iterator[Coming]:
        due = next_due(self.rt)
        if due:
            step_id, at = due
            yield Coming(at, lambda: take(self.rt, step_id))

    def _calendar(self) -> Iterator[Coming]:
        day = next_day(self.rt)
        if day:
            yield Coming(day, lambda: None)

    def _also(self, also: Also) -> Coming:
        workflow = self.rt.library.current().workflows[also.start]

        def do() -> None:
            with self.rt.database.reading() as session:
                known = self.rt.service.subjects(session, workflow.about) if workflow.about else ()
            self._start(workflow, also.given, known[-1] if known else NO_SUBJECT)

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
        if row.id not in self.plans:
            self._plan(row, run, row.created_at)
        plan = self.plans[row.id]
        if plan.given.after is not None and run.status != "paused":
            at = after(plan.since, plan.given.after, self.rt.zone)
            still = timedelta(seconds=run.paused_seconds - plan.stood_still)
            yield Coming(later(at, still, self.rt.zone), lambda: self._try(row, run, plan.given))

    def _plan(self, row: StepRow, run: RunRow, since: datetime) -> None:
        step = step_of(row.path)
        self.times[run.workflow, step] += 1
        held = is_held_task(row.path)
        given = DROP if held else self.told.given(run.workflow, step, self.times[run.workflow, step])
        self.plans[row.id] = Plan(given, since, run.paused_seconds)

    def _try(self, row: StepRow, run: RunRow, given: Given) -> None:
        """Answer; what the domain refuses is answered again, as it is told for the next time."""
        try:
            self.actors.answer(row.id, given)
        except MoveRefused as error:
            self._refused(run.workflow, row.path, row.role or "", run.round, error)
            self._plan(row, run, self.clock.now())

    def _start(self, workflow: Workflow, given: Given, subject: Subject) -> None:
        try:
            self.actors.start(workflow, given, subject)
        except MoveRefused as error:
            self._refused(workflow.key, "", first_of(workflow), None, error)

    def _refused(self, workflow: str, step: str, who: str, round_: int | None, error: MoveRefused) -> None:
        at = self.clock.now().astimezone(self.rt.zone)
        self.refusals.append(Happening(at, What.REFUSED, workflow, step, who, str(error), round=round_))
