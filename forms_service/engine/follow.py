"""What comes after a step: the next one, or, at the end of a lane or an item, whatever that was a part of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from forms_service.engine.begin import add_row, end_run, verb_of
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.history import record, record_done
from forms_service.engine.path import path_to
from forms_service.engine.plan import Container
from forms_service.language.definitions import Each, Step
from forms_service.storage.runs import StepRow

BACK_TO = "back_to"
"""In the input of a question that is asked again: the paths of the refused moves that its answer leads back to."""


def enter(ctx: Context, step: Step, items: Sequence[int]) -> StepRow:
    """Make the row of a step that comes next."""
    return add_row(ctx.session, ctx.run, path_to(step.id, items), verb_of(step), ctx.now, due_at=ctx.now)


def pass_on(ctx: Context) -> list[StepRow]:
    """The step of ``ctx`` is done: its event, and the rows that come after it."""
    straight = None if BACK_TO in ctx.row.input else ctx.edition.plan.following[ctx.step_id]
    if straight is None:
        record(ctx.session, ctx.run.id, "done", ctx.now, path=ctx.row.path)
        return follow(ctx)
    path = path_to(straight.id, ctx.items)
    visit = record_done(ctx.session, ctx.run.id, ctx.row.path, ctx.now, path)
    return [add_row(ctx.session, ctx.run, path, verb_of(straight), ctx.now, due_at=ctx.now, visit=visit)]


def follow(ctx: Context) -> list[StepRow]:
    """The rows that come after the step of ``ctx``; the run ends when nothing does."""
    if BACK_TO in ctx.row.input:
        return [add_row(ctx.session, ctx.run, path, "do", ctx.now, due_at=ctx.now) for path in ctx.row.input[BACK_TO]]
    following = ctx.edition.plan.following[ctx.step_id]
    if following is not None:
        return [enter(ctx, following, ctx.items)]
    container = ctx.edition.plan.container[ctx.step_id]
    if container is not None:
        return _arrive(ctx, container)
    end_run(ctx.session, ctx.run, "", ctx.now)
    return []


def _arrive(ctx: Context, container: Container) -> list[StepRow]:
    """One lane, or one item, has come to its end; the run's lock lets them arrive one after the other."""
    inside = isinstance(container, Each)
    row = _row_of(ctx, path_to(container.id, ctx.items[:-1] if inside else ctx.items))
    left = row.result["left"] - 1
    row.result = {**row.result, "left": left}
    crash_point("lane_ended")
    if left and isinstance(container, Each) and not container.at_once:
        return [enter(ctx, container.steps[0], (*ctx.items[:-1], ctx.items[-1] + 1))]
    if left:
        return []
    row.status, row.finished_at = "done", ctx.now
    return pass_on(replace(ctx, row=row))


def _row_of(ctx: Context, path: str) -> StepRow:
    found = select(StepRow).where(StepRow.run_id == ctx.run.id, StepRow.path == path).order_by(StepRow.visit.desc())
    return ctx.session.execute(found.limit(1).execution_options(populate_existing=True)).scalar_one()
