"""wait: time passes. The step sets its alarm below itself ("settle/over"); when that is due, the run goes on."""

from __future__ import annotations

from datetime import UTC, datetime, time

from forms_service.engine.begin import add_row
from forms_service.engine.context import Context
from forms_service.engine.outcome import Aside, Done, Outcome
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.errors import ExpressionError
from forms_service.language.definitions import Wait
from forms_service.language.duration import after


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    if ctx.is_beside:
        return Done()
    due = _alarm(ctx)
    add_row(ctx.session, ctx.run, f"{ctx.row.path}/over", "wait", ctx.now, due_at=due)
    return Aside({"until": due.isoformat()})


def _alarm(ctx: Context) -> datetime:
    step = ctx.step
    assert isinstance(step, Wait)
    if step.duration is not None:
        return after(ctx.now, step.duration, ctx.rt.zone)
    assert step.until is not None
    day = step.until.date(ctx.names())
    try:
        return datetime.combine(day, time(), ctx.rt.zone).astimezone(UTC)
    except OverflowError:
        raise ExpressionError(f'"{step.until.source}" is {day.isoformat()}, which no clock can show.') from None


VERB = Verb(settle)
