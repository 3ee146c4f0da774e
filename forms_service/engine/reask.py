"""A move that the domain refuses goes back to whoever asked for it, with the reason: she can answer otherwise."""

from __future__ import annotations

from forms_service.engine.begin import add_row
from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.language.definitions import Do


def ask_again(ctx: Context, problem: str) -> bool:
    """Ask the question behind a refused move once more; False when no question is behind it."""
    step = ctx.step_if_any
    if not isinstance(step, Do) or not step.source:
        return False
    row = add_row(ctx.session, ctx.run, ctx.path_of(step.source), "ask", ctx.now, due_at=ctx.now)
    row.problem = problem
    record(ctx.session, ctx.run.id, "asked_again", ctx.now, path=row.path)
    return True
