"""wait: time passes. The first visit sets the alarm; the second, when it is due, goes on."""

from __future__ import annotations

from datetime import datetime, time

from forms_service.engine.begin import add_row
from forms_service.engine.context import Context
from forms_service.engine.outcome import Aside, Done, Outcome
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Wait
from forms_service.language.duration import after


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    if ctx.row.visit > 1:
        return Done()
    due = _alarm(ctx)
    add_row(ctx.session, ctx.run, ctx.row.path, "wait", ctx.now, due_at=due, visit=2)
    return Aside({"until": due.isoformat()})


def _alarm(ctx: Context) -> datetime:
    step = ctx.step
    assert isinstance(step, Wait)
    if step.duration is not None:
        return after(ctx.now, step.duration, ctx.rt.zone)
    assert step.until is not None
    return datetime.combine(step.until.date(ctx.names()), time(), ctx.rt.zone)


VERB = Verb(settle)
