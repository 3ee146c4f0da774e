"""A sending that is held back because a release is missing: a task that says why, and what its answer means."""

from __future__ import annotations

from sqlalchemy import func, select

from forms_service.engine.begin import enter
from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.engine.holder import hand_to
from forms_service.language.definitions import Held
from forms_service.storage.runs import StepRow

HELD = "held"
TRY_AGAIN = "try_again"


def ask_about_release(ctx: Context, held: Held) -> None:
    """Make the task; the sending step itself waits until it is answered."""
    path = f"{ctx.row.path}/{HELD}"
    asked = select(func.count()).where(StepRow.run_id == ctx.run.id, StepRow.path == path)
    task = StepRow(
        run_id=ctx.run.id,
        path=path,
        visit=(ctx.session.scalar(asked) or 0) + 1,
        verb="ask",
        status="waiting",
        due_at=ctx.now,
        created_at=ctx.now,
        form=held.form,
        title=ctx.edition.definitions.forms[held.form].title,
    )
    hand_to(ctx, task, held.ask)
    ctx.session.add(task)
    ctx.session.flush()
    record(ctx.session, ctx.run.id, "held", ctx.now, path=path)


def is_held_task(path: str) -> bool:
    return path.endswith(f"/{HELD}")


def settle_held(ctx: Context, outcome: object) -> StepRow | None:
    """After the answer: the sending is tried again, or left out. The row to ring for, if any."""
    path = ctx.row.path.partition("/")[0]
    sending = ctx.session.scalars(
        select(StepRow).where(StepRow.run_id == ctx.run.id, StepRow.path == path, StepRow.status == "waiting")
    ).one()
    if outcome == TRY_AGAIN:
        sending.status, sending.due_at, sending.attempt, sending.dispatched_at = "ready", ctx.now, 0, None
        return sending
    sending.status, sending.result, sending.finished_at = "done", {"sent": False}, ctx.now
    record(ctx.session, ctx.run.id, "not_sent", ctx.now, path=path)
    return enter(ctx.session, ctx.run, ctx.edition.plan.following[path], ctx.now)
