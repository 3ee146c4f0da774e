"""Where a run stands, step by step, for its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.begin import REPEAT as SERIES
from forms_service.engine.path import BESIDE, items_of, step_of
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.plan import Plan
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Choose, Step, walk
from forms_service.picture.state import FINISH, REPEAT, START, Standing, State, standing_of
from forms_service.storage.runs import RunRow, StepRow

STATES = {
    "done": State.DONE,
    "failed": State.FAILED,
    "skipped": State.SKIPPED,
    "cancelled": State.CANCELLED,
    "incident": State.STOPPED,
}
"""Status of a row → state of its step; whatever is open stands there now."""
SERIES_ENDED = {"ended": State.DONE, "cancelled": State.CANCELLED}
URGENCY = tuple(State)


def position_of(rt: Runtime, session: Session, run_id: str) -> dict[str, Standing]:
    """The standing of every step of a run. In a series only its clock stands anywhere: each round is a run itself."""
    run = session.get_one(RunRow, run_id)
    plan = rt.library.of(session, run.definition_id).plan
    rows = _newest(session.scalars(select(StepRow).where(StepRow.run_id == run_id).order_by(StepRow.visit)))
    goes_on = run.status in UNDER_WAY
    if SERIES in rows:
        return {START: Standing(State.DONE), REPEAT: Standing(State.HERE if goes_on else SERIES_ENDED[run.status])}
    never = set(_passed_by(plan, rows)) if goes_on else set(plan.steps)
    rest = {step_id: Standing(State.NEVER if step_id in never else State.LATER) for step_id in plan.steps}
    known = _standings(plan, rows, goes_on=goes_on)
    begun = Standing(State.DONE)
    return {**rest, **known, START: begun, REPEAT: begun, FINISH: Standing(_finish(run, goes_on=goes_on))}


def _newest(rows: Iterable[StepRow]) -> dict[str, StepRow]:
    """The last visit of each path."""
    return {row.path: row for row in rows}


def _standings(plan: Plan, rows: Mapping[str, StepRow], *, goes_on: bool) -> dict[str, Standing]:
    """Of all steps that have rows; what stands beside a step counts when it is more urgent than the step itself."""
    counts = _counts(plan, rows.values(), goes_on=goes_on)
    found = {step_id: standing_of(states) for step_id, states in counts.items()}
    for row in rows.values():
        state, step_id = _state_beside(row), step_of(row.path)
        if state and step_id in found:
            found[step_id] = replace(found[step_id], state=min(state, found[step_id].state, key=URGENCY.index))
    return found


def _counts(plan: Plan, rows: Collection[StepRow], *, goes_on: bool) -> Mapping[str, Counter[State]]:
    found: dict[str, Counter[State]] = {}
    for row in rows:
        if BESIDE not in row.path and step_of(row.path) in plan.steps:
            found.setdefault(step_of(row.path), Counter())[STATES.get(row.status, State.HERE)] += 1
    if goes_on:
        for step_id, missing in _to_come(plan, rows, found):
            found[step_id][State.LATER] += missing
    return found


def _state_beside(row: StepRow) -> State | None:
    """A reminder or an alarm says nothing, unless it has stopped; a task about a held sending is open."""
    if BESIDE not in row.path:
        return None
    if row.status == "incident":
        return State.STOPPED
    return State.HERE if row.verb == "ask" and row.status == "waiting" else None


def _to_come(plan: Plan, rows: Collection[StepRow], found: Mapping[str, Counter[State]]) -> Iterator[tuple[str, int]]:
    """How many items of a list a step has yet to come to, for steps that stand in one list only."""
    counts = {row.path: len(row.result.get("items", ())) for row in rows if row.verb == "each"}
    for step_id, states in found.items():
        lists = plan.lists.get(step_id, ())
        missing = counts.get(lists[0], 0) - sum(states.values()) if len(lists) == 1 else 0
        if missing > 0:
            yield step_id, missing


def _passed_by(plan: Plan, rows: Mapping[str, StepRow]) -> Iterator[str]:
    """The steps of branches that were not taken, and of ways that no failure has led to."""
    for row in rows.values():
        step = plan.steps.get(row.path)
        if step is not None and row.status == "done" and not items_of(row.path):
            yield from (each.id for each in walk(_not_taken(step, row)))


def _not_taken(step: Step, row: StepRow) -> tuple[Step, ...]:
    branches = step.branches if isinstance(step, Choose) else ()
    taken = row.result.get("branch")
    others = [each for number, branch in enumerate(branches) if number != taken for each in branch.steps]
    return (*others, *(step.failed or ()))


def _finish(run: RunRow, *, goes_on: bool) -> State:
    if goes_on:
        return State.LATER
    return State.DONE if run.status == "ended" and not run.outcome else State.NEVER
