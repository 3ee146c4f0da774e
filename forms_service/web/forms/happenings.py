"""A run as a caseworker would tell it: a line for all that matters to people, none for what is the machine's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access import may_open, tasks_of
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.engine.held import HELD, is_held_task
from forms_service.engine.look import RunView, StepView
from forms_service.engine.path import base_of, step_of
from forms_service.engine.pause import PAUSED
from forms_service.language.definitions import RunWorkflow, Send, Step
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.current import runtime
from forms_service.web.forms.follow import may_follow


class State(StrEnum):
    """What a line says with its tag; the words are in templates/forms/_happenings.html."""

    SOON = "soon"
    NOW = "now"
    WAITS = "waits"
    HELD = "held"
    SLEEPS = "sleeps"
    PAUSED = "paused"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    STOPPED = "stopped"


STATES = {
    "ready": State.SOON,
    "running": State.NOW,
    "waiting": State.WAITS,
    "sleeping": State.SLEEPS,
    "paused": State.PAUSED,
    "done": State.DONE,
    "cancelled": State.NOT_NEEDED,
    "skipped": State.NOT_NEEDED,
    "incident": State.STOPPED,
}
TOLD = frozenset({"ask", "make", "send", "wait", "run"})
"""Verbs that people hear of; others only when their author gave them a title, or when they stopped."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line. ``to`` is the role that something is sent to or asked of; links only where the viewer may go."""

    kind: str
    title: str
    state: State
    at: datetime | None
    to: str = ""
    until: datetime | None = None
    problem: str = ""
    documents: tuple[DocumentRow, ...] = ()
    messages: tuple[MessageRow, ...] = ()
    delivered: bool = False
    task_id: str = ""
    run_id: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """What one viewer may be told about one run."""

    db: Session
    viewer: Viewer
    view: RunView
    plan: Mapping[str, Step]
    own_tasks: Collection[str]
    delivered: Collection[str]

    def happenings(self) -> tuple[Happening, ...]:
        """In the order in which they came about."""
        return tuple(self._told(step) for step in self._steps() if self._matters(step))

    def _steps(self) -> Iterator[StepView]:
        """Of a step that came round again (a wait that is over), only the last time."""
        last = {(step.path, step.verb): step.id for step in self.view.steps if step.verb == "wait"}
        for step in self.view.steps:
            if step.verb != "wait" or last[step.path, step.verb] == step.id:
                yield step

    @property
    def _knows_of_releases(self) -> bool:
        """What the participant lets others read is for those who carry the service."""
        return may_see(self.viewer, Thing.RELEASES)

    def _matters(self, step: StepView) -> bool:
        if is_held_task(step.path) and not self._knows_of_releases:
            return False
        return step.verb in TOLD or step.status == "incident" or bool(step.title and self._planned(step))

    def _planned(self, step: StepView) -> Step | None:
        """The step of the workflow behind a row; none behind a reminder and the like."""
        return self.plan.get(step_of(step.path)) if step.path == base_of(step.path) else None

    def _until(self, step: StepView) -> datetime | None:
        """The day that people are told of; none while the run is paused."""
        if self.view.status == PAUSED:
            return None
        return {"waiting": step.late_at, "sleeping": step.due_at}.get(step.status)

    def _told(self, step: StepView) -> Happening:
        told = Happening(
            kind=step.verb,
            title=step.title,
            state=STATES.get(step.status, State.WAITS),
            at=step.finished_at,
            to=step.role or "",
            until=self._until(step),
            problem=self._problem(step) if step.status == "incident" else "",
            documents=tuple(paper for paper in step.documents if may_open(self.db, self.viewer, paper)),
            messages=tuple(each for each in step.messages if self._knows_of_releases or each.status != "withheld"),
            delivered=step.id in self.delivered,
            task_id=step.id if step.id in self.own_tasks else "",
        )
        return self._with_plan(told, step)

    def _state_of_sending(self, state: State, step: StepView) -> State:
        """The run goes on while a sending is held back, so the step is done; what it should send is not."""
        task = f"{step.path}/{HELD}"
        held = any(each.path == task and each.status == "waiting" for each in self.view.steps)
        if not held and state is not State.WAITS:
            return state
        return State.HELD if self._knows_of_releases else State.WAITS

    def _problem(self, step: StepView) -> str:
        tells = step.problem.startswith("release_missing") and not self._knows_of_releases
        return "" if tells else step.problem

    def _with_plan(self, told: Happening, step: StepView) -> Happening:
        match self._planned(step):
            case Send(to=to):
                return replace(told, to=to, state=self._state_of_sending(told.state, step))
            case RunWorkflow(workflow=key):
                started = runtime().library.current_as_read().workflows.get(key)
                return replace(told, title=told.title or (started.title if started else key), run_id=self._child(step))
            case _:
                return told

    def _child(self, step: StepView) -> str:
        started = select(RunRow.id).where(RunRow.parent_step_id == step.id, RunRow.round.is_(None))
        run_id = self.db.scalar(started)
        return run_id if run_id and may_follow(self.db, self.viewer, run_id) else ""


def tell(db: Session, viewer: Viewer, view: RunView) -> tuple[Happening, ...]:
    """The happenings of a run, for one viewer."""
    run = db.get_one(RunRow, view.id)
    own = tasks_of(viewer).with_only_columns(StepRow.id).where(StepRow.run_id == view.id)
    steps = [step.id for step in view.steps]
    delivered = select(DeliveryRow.step_id).where(DeliveryRow.step_id.in_(steps))
    edition = runtime().library.as_read(db, run.definition_id)
    teller = Teller(
        db=db,
        viewer=viewer,
        view=view,
        plan=edition.plan.steps if edition else {},
        own_tasks=frozenset(db.scalars(own)),
        delivered=frozenset(db.scalars(delivered)),
    )
    return teller.happenings()
