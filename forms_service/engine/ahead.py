"""Which steps may still come in a run, from the rows at which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms_service.engine.path import base_of, step_of
from forms_service.engine.plan import Plan
from forms_service.language.definitions import Each, Step, walk
from forms_service.storage.runs import StepRow


def ahead(plan: Plan, rows: Iterable[StepRow]) -> frozenset[str]:
    """The ids of the open steps, of what is inside them, and of all that can follow."""
    here = [row for row in rows if _is_on_the_way(row) and step_of(row.path) in plan.steps]
    return frozenset(step_id for row in here for step_id in _from(plan, row))


def _is_on_the_way(row: StepRow) -> bool:
    """A timer stands beside its step, but the run waits for it."""
    return row.path == base_of(row.path) or row.verb == "wait"


def _from(plan: Plan, row: StepRow) -> Iterator[str]:
    """A step that waits for what is inside it has rows of its own there, which say how far they have come."""
    step = plan.steps[step_of(row.path)]
    yield from _within(step) if row.status != "waiting" else [step.id]
    yield from _after(plan, step)


def _after(plan: Plan, step: Step) -> Iterator[str]:
    following = plan.following[step.id]
    while following is not None:
        yield from _within(following)
        following = plan.following[following.id]
    container = plan.container[step.id]
    if isinstance(container, Each):  # its other items
        yield from _within(container)
    if container is not None:
        yield from _after(plan, container)


def _within(step: Step) -> Iterator[str]:
    yield from (inner.id for inner in walk((step,)))
