"""Whose task a step is."""

from __future__ import annotations

from forms_service.engine.context import Context
from forms_service.engine.handed import give_by_name
from forms_service.engine.history import record
from forms_service.storage.colleagues import stand_in_of
from forms_service.storage.runs import StepRow


def hand_to(ctx: Context, task: StepRow, role: str, substitute: str = "") -> None:
    """Give a task to whoever holds the role now, or to the substitute while she is away.

    Where the workflow names none, it goes to the colleague whom she has asked to stand in.
    """
    holder = ctx.rt.service.assign(ctx.session, role, ctx.subject)
    if substitute and ctx.rt.service.is_away(ctx.session, role, holder.person_id, ctx.today):
        record(ctx.session, ctx.run.id, "substituted", ctx.now, path=task.path, role=substitute)
        holder, role = ctx.rt.service.assign(ctx.session, substitute, ctx.subject), substitute
    task.role, task.person_id, task.office_id = role, holder.person_id, holder.office_id
    stand_in = stand_in_of(ctx.session, holder.person_id, ctx.today)
    if stand_in is not None and stand_in.role == role:
        record(ctx.session, ctx.run.id, "substituted", ctx.now, path=task.path, role=role)
        give_by_name(task, stand_in)
