"""What waits for somebody by name while she is away, and whether her stand-in can take it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access.handing import can_be_handed, who_can_take
from forms_service.casework.access.tasks import WAITS
from forms_service.engine.operate.pass_on import holder_mark, pass_on
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone, RecipientMissing
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow

AT_ONCE = 200
"""Tasks that are handed on with one press; nobody has more by name."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task with the mark of whoever has it."""

    step_id: str
    seen: str


def for_stand_in(session: Session, person: PersonRow) -> list[Waiting]:
    """Her tasks that the colleague who stands in can take; none without one."""
    if person.stand_in_id is None:
        return []
    hers = select(StepRow).where(WAITS, StepRow.person_id == person.id).order_by(StepRow.late_at, StepRow.id)
    tasks = [task for task in session.scalars(hers.limit(AT_ONCE)) if can_be_handed(task)]
    return [
        Waiting(task.id, holder_mark(task))
        for task in tasks
        if person.stand_in_id in {each.id for each in who_can_take(session, task)}
    ]


def hand_all(rt: Runtime, tasks: list[Waiting], stand_in_id: str, reason: str, actor: Actor) -> int:
    """Each by itself, and one message for all of them; how many went. What was answered meanwhile stays answered."""
    handed = 0
    for task in tasks:
        try:
            pass_on(rt, task.step_id, stand_in_id, task.seen, reason, actor, tells=handed == 0)
            handed += 1
        except (AlreadyDone, RecipientMissing):
            continue
    return handed
