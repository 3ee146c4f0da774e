"""A move that the domain refuses goes back to whoever asked for it, with the reason: she can answer otherwise."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.begin import add_row
from forms_service.engine.context import Context
from forms_service.engine.follow import BACK_TO
from forms_service.engine.history import record
from forms_service.language.definitions import Do
from forms_service.storage.runs import StepRow


def ask_again(ctx: Context, problem: str) -> bool:
    """Ask the question behind a refused move once more; False when none is behind it, or another way is written.

    Its answer leads straight back to the move: what lay between them has been done, and is not done twice.
    """
    step = ctx.step_if_any
    if not isinstance(step, Do) or not step.source or step.failed is not None:
        return False
    row = _asked_again(ctx, ctx.path_of(step.source))
    row.problem = problem
    row.input = {BACK_TO: [*(row.input or {}).get(BACK_TO, ()), ctx.row.path]}
    record(ctx.session, ctx.run.id, "asked_again", ctx.now, path=row.path)
    return True


def _asked_again(ctx: Context, path: str) -> StepRow:
    """One question is enough for all the moves that were refused with its answer."""
    asked = select(StepRow).where(StepRow.run_id == ctx.run.id, StepRow.path == path)
    asked = asked.where(StepRow.status.in_(("ready", "paused", "waiting"))).order_by(StepRow.visit.desc())
    known = ctx.session.scalars(asked.execution_options(populate_existing=True)).first()
    return known or add_row(ctx.session, ctx.run, path, "ask", ctx.now, due_at=ctx.now)
