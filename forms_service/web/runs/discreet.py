"""A run for those who see no case content: what the machine does, not where answers led it, nor whom it is about.

What stands inside the branches of a choice is left out: the choice is done, and no more. A step that has stopped, and a
message that somebody must look at, stay: whoever mends them has to see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.engine.operate.detail import RunDetail
from forms_service.engine.operate.lines import NEEDS_A_PERSON, RunLine
from forms_service.engine.path import step_of
from forms_service.language.definitions import Choose, Step, walk
from forms_service.picture.state import FINISH, Position
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow
from forms_service.web.current import runtime

Steps = Mapping[str, Step]
"""A plan's, by id."""


def inside_choices(steps: Steps) -> frozenset[str]:
    """The ids of all steps that one answer leads to and another does not."""
    branches = [branch for step in steps.values() if isinstance(step, Choose) for branch in step.branches]
    return frozenset(each.id for branch in branches for each in walk(branch.steps))


def discreet_detail(session: Session, detail: RunDetail, steps: Steps) -> RunDetail:
    """Without its outcome and what stands inside its choices."""
    hidden = inside_choices(steps)
    shown = [step for step in detail.steps if step.status == "incident" or step_of(step.path) not in hidden]
    left_out = [step.id for step in detail.steps if step not in shown]
    led_to = set(session.scalars(select(RunRow.id).where(RunRow.parent_step_id.in_(left_out))))
    return replace(
        detail,
        run=discreet_line(detail.run),
        outcome="",
        steps=tuple(shown),
        events=tuple(event for event in detail.events if step_of(event.path) not in hidden),
        messages=tuple(
            each for each in detail.messages if each.status in NEEDS_A_PERSON or step_of(each.path) not in hidden
        ),
        parent=None,
        children=tuple(discreet_line(child) for child in detail.children if child.id not in led_to),
    )


def discreet_position(position: Position, steps: Steps) -> Position:
    """The branches, and the end that one of them may have led to, are drawn without a state."""
    hidden = inside_choices(steps) | {FINISH}
    return {place: standing for place, standing in position.items() if place not in hidden}


def discreet_line(line: RunLine) -> RunLine:
    """Of where it stands only what stands outside all choices, as far as today's workflows know."""
    workflow = runtime().library.current_as_read().workflows.get(line.workflow)
    steps = {step.id: step for step in walk(workflow.steps)} if workflow else {}
    hidden = inside_choices(steps)
    known = {name for step in steps.values() if step.id not in hidden for name in (step.title, step.id)}
    return replace(line, now=tuple(each for each in line.now if each in known | {"repeat"}))


def names_of_operators(session: Session, names: Mapping[str, str]) -> dict[str, str]:
    """Only of those who operate the service: who else has a part in a run says whose it is."""
    people = session.scalars(select(PersonRow).where(PersonRow.id.in_(names)))
    return {person.id: names[person.id] for person in _operating(people)}


def _operating(people: Iterable[PersonRow]) -> Iterable[PersonRow]:
    return (each for each in people if may_see(Viewer(each.id, each.name, each.role), Thing.RUNS))
