"""A workflow's steps as a plan: which step comes after which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms_service.language.definitions import Choose, Step, Workflow


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps by id, and the step that follows each (None: the run ends)."""

    first: Step | None
    steps: Mapping[str, Step]
    following: Mapping[str, Step | None]


def plan_of(workflow: Workflow) -> Plan:
    """The plan of a workflow; after the last step of a branch comes what follows the choice."""
    pairs = list(_pairs(workflow.steps, None))
    return Plan(
        first=workflow.steps[0] if workflow.steps else None,
        steps={step.id: step for step, _ in pairs},
        following={step.id: following for step, following in pairs},
    )


def _pairs(steps: tuple[Step, ...], after: Step | None) -> Iterator[tuple[Step, Step | None]]:
    for step, following in zip(steps, [*steps[1:], after], strict=False):  # no step at all has one follower too many
        yield step, following
        if isinstance(step, Choose):
            for branch in step.branches:
                yield from _pairs(branch.steps, following)
