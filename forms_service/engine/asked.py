"""The task that a reminder or an alarm belongs to."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.context import Context
from forms_service.engine.path import base_of
from forms_service.storage.runs import LinkRow, StepRow


def waiting_task(ctx: Context) -> StepRow | None:
    """The human task above this row ("talk" above "talk/remind/1"), if it still waits."""
    path = base_of(ctx.row.path)
    found = select(StepRow).where(
        StepRow.run_id == ctx.run.id,
        StepRow.path == path,
        StepRow.visit == ctx.row.visit,
        StepRow.status == "waiting",
    )
    return ctx.session.scalar(found.with_for_update())


def link_of(ctx: Context, task: StepRow) -> LinkRow | None:
    """The one-time link of a task, if it has one that was not withdrawn."""
    found = select(LinkRow).where(LinkRow.step_id == task.id, LinkRow.revoked_at.is_(None))
    return ctx.session.scalar(found.order_by(LinkRow.created_at.desc()).limit(1))
