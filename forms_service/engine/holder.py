"""Whose task a step is."""

from __future__ import annotations

from forms_service.engine.context import Context
from forms_service.storage.runs import StepRow


def hand_to(ctx: Context, task: StepRow, role: str) -> None:
    """Give a task to whoever holds the role now."""
    holder = ctx.rt.service.assign(ctx.session, role, ctx.subject)
    task.role, task.person_id, task.office_id = role, holder.person_id, holder.office_id
