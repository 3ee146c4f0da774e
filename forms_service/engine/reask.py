"""A move that the domain refuses goes back to whoever asked for it, with the reason: she can answer otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.engine.begin import add_row
from forms_service.engine.claim import context
from forms_service.engine.history import record
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Do
from forms_service.storage.runs import StepRow


def ask_again(rt: Runtime, session: Session, refused: StepRow, problem: str, now: datetime) -> bool:
    """Ask the question behind a refused move once more; False when no question is behind it."""
    ctx = context(rt, session, refused, now)
    if not isinstance(ctx.step, Do) or not ctx.step.source:
        return False
    row = add_row(session, ctx.run, ctx.step.source, "ask", now, due_at=now)
    row.problem = problem
    record(session, ctx.run.id, "asked_again", now, path=row.path)
    return True
