"""Who can be given a task: those whom its workflow thinks of, and the coordinators."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forms_service.domain.people import Role
from forms_service.engine.operate.detail import StepLine
from forms_service.engine.path import step_of
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Ask
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow

EVERYBODY = "*"


def holders(rt: Runtime, session: Session, run_id: str, step: StepLine) -> dict[str, str]:
    """Value of the list → name: ("coordinator:*" for all in the role) and "coordinator:<person>" for one of them.

    A caseworker of another office is not offered, since the task shows what only its own office may see.
    """
    roles = _roles(rt, session, run_id, step)
    people = select(PersonRow).where(PersonRow.active, PersonRow.role.in_(roles))
    if step.office_id:
        people = people.where(or_(PersonRow.role != Role.CASEWORKER, PersonRow.office_id == step.office_id))
    found = {f"{role}:{EVERYBODY}": "" for role in roles}
    found.update({f"{person.role}:{person.id}": person.name for person in session.scalars(people)})
    now = f"{step.role}:{step.person_id or EVERYBODY}"
    return {value: name for value, name in sorted(found.items(), key=lambda each: _place(*each)) if value != now}


def _place(value: str, name: str) -> tuple[str, str]:
    """A whole role before those who are in it."""
    return value.partition(":")[0], name


def _roles(rt: Runtime, session: Session, run_id: str, step: StepLine) -> list[str]:
    plan = rt.library.of(session, session.get_one(RunRow, run_id).definition_id).plan
    asked = plan.steps.get(step_of(step.path))
    named = {step.role, Role.COORDINATOR}
    if isinstance(asked, Ask):
        named |= {asked.role, asked.substitute, asked.late.give if asked.late else ""}
    known = rt.service.vocabulary.roles - {Role.PARTICIPANT}
    return sorted(str(role) for role in named if role in known)
