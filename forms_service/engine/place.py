"""Where a step stands in a workflow: in which lane of which step, in which list."""

from __future__ import annotations

from collections.abc import Iterator

from forms_service.language.definitions import Choose, Each, Step, Together, Workflow, lists_in

Place = tuple[tuple[str, int], ...]
"""The steps around a step from the outermost, each with the number of the lane (0 inside a list)."""


def places_of(workflow: Workflow) -> dict[str, Place]:
    """By step id. Branches, and ways round a failure, are no places: they lead back to where they began."""
    return dict(_walk(workflow.steps, ()))


def _walk(steps: tuple[Step, ...], place: Place) -> Iterator[tuple[str, Place]]:
    for step in steps:
        yield step.id, place
        for number, inner in enumerate(lists_in(step)):
            yield from _walk(inner, _inside(step, inner, number, place))


def _inside(step: Step, inner: tuple[Step, ...], number: int, place: Place) -> Place:
    if isinstance(step, Choose) or inner is step.failed or not isinstance(step, Together | Each):
        return place
    return *place, (step.id, number)
