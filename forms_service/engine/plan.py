"""A workflow's steps as a plan: which step comes after which, and what each stands inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms_service.language.definitions import Ask, Choose, Each, RunWorkflow, Step, Together, Workflow, lists_in

Container = Together | Each


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps by id, and for each what follows it and what it stands inside.

    ``following`` is None at the end of a list: there the innermost container goes on, or the run ends when there is
    none. ``lists`` are the ids of the each steps around a step, from the outermost.
    """

    first: Step | None
    steps: Mapping[str, Step]
    following: Mapping[str, Step | None]
    container: Mapping[str, Container | None]
    lists: Mapping[str, tuple[str, ...]]
    asks_in_lists: tuple[str, ...]
    waiting_runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    after: Step | None = None
    container: Container | None = None
    lists: tuple[str, ...] = ()


def plan_of(workflow: Workflow) -> Plan:
    """The plan of a workflow; after the last step of a branch comes what follows the choice."""
    found = list(_walk(workflow.steps, _Place()))
    return Plan(
        first=workflow.steps[0] if workflow.steps else None,
        steps={step.id: step for step, _ in found},
        following={step.id: place.after for step, place in found},
        container={step.id: place.container for step, place in found},
        lists={step.id: place.lists for step, place in found},
        asks_in_lists=tuple(step.id for step, place in found if isinstance(step, Ask) and place.lists),
        waiting_runs=tuple(step.id for step, _ in found if isinstance(step, RunWorkflow) and step.waits),
    )


def _walk(steps: tuple[Step, ...], place: _Place) -> Iterator[tuple[Step, _Place]]:
    for step, after in zip(steps, [*steps[1:], place.after], strict=False):  # no step at all has one follower too many
        here = _Place(after, place.container, place.lists)
        yield step, here
        for inner in lists_in(step):
            yield from _walk(inner, _inside(step, inner, here))


def _inside(step: Step, inner: tuple[Step, ...], here: _Place) -> _Place:
    """Branches, and ways round a failure, lead back to what follows the step; lanes and items to the step itself."""
    if isinstance(step, Choose) or inner is step.failed:
        return here
    if isinstance(step, Each):
        return _Place(None, step, (*here.lists, step.id))
    assert isinstance(step, Together)
    return _Place(None, step, here.lists)
