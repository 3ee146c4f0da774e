"""Giving a task to somebody else."""

from __future__ import annotations

from forms_service.engine.context import Context
from forms_service.engine.end_links import end_links
from forms_service.engine.handed import give_by_name
from forms_service.engine.holder import hand_to
from forms_service.engine.operate.act import Deed, locked_step
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone, NotFound
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow


def hand_over(rt: Runtime, step_id: str, person_id: str | None, role: str, reason: str, actor: Actor) -> None:
    """Give a waiting task to one person, or to whoever holds a role when none is named; who has it already keeps it.

    A one-time link of the one who had it stops working. Raises ReasonMissing, NotFound (the task, the person, the
    role), RecipientMissing, AlreadyDone.
    """
    deed = Deed(actor, reason)
    with rt.database.writing() as session:
        ctx = locked_step(rt, session, step_id)
        if ctx.row.verb != "ask":
            raise NotFound("this step is no task for a person")
        if ctx.row.status != "waiting":
            raise AlreadyDone
        before, old = _holder(ctx.row), ctx.row.role or ""
        _give(ctx, person_id, role)
        if _holder(ctx.row) != before:
            end_links(ctx)
            deed.note(ctx, "handed_over", old=old, new=role)


def _holder(task: StepRow) -> tuple[str | None, str | None, str | None]:
    return task.role, task.person_id, task.office_id


def _give(ctx: Context, person_id: str | None, role: str) -> None:
    if role not in ctx.rt.service.vocabulary.roles:
        raise NotFound("there is no such role")
    if person_id is None:
        hand_to(ctx, ctx.row, role)
        return
    person = ctx.session.get(PersonRow, person_id)
    if person is None or not person.active:
        raise NotFound("there is no such person")
    ctx.row.role = role
    give_by_name(ctx.row, person)
