"""Skipping a step: the run goes on as after it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.begin import REPEAT
from forms_service.engine.close import OPEN, close_steps
from forms_service.engine.context import Context
from forms_service.engine.follow import follow
from forms_service.engine.held import is_held_task, settle_held
from forms_service.engine.once import Acted, once
from forms_service.engine.operate.act import Deed, locked_step
from forms_service.engine.path import BESIDE, items_of, step_of
from forms_service.engine.runtime import Runtime
from forms_service.engine.series import add_clock, series_of
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone, ExpressionError, MissingValue, NoNextRound, StepAtWork
from forms_service.language.definitions import lists_in, walk
from forms_service.storage.runs import StepRow


def skip_step(rt: Runtime, step_id: str, reason: str, actor: Actor) -> None:
    """Leave out an incident, a waiting task, or a step that has not begun. Names that it would have given are missing.

    But for those of a task in which nothing had to be answered: it counts as sent empty.

    Raises ReasonMissing, NotFound, StepAtWork, AlreadyDone, and NoNextRound for the clock of a series whose anchor is
    missing.
    """
    deed = Deed(actor, reason)

    def skip(session: Session) -> Acted:
        ctx = locked_step(rt, session, step_id)
        _leave(ctx)
        deed.note(ctx, "skipped")
        return Acted(ctx.run, _after(ctx))

    once(rt, lambda session: None, skip)


def _leave(ctx: Context) -> None:
    """What belongs to the step is cancelled, with its messages and its link; then the step is skipped."""
    row = ctx.row
    if row.status == "running":
        raise StepAtWork
    if row.status not in OPEN:
        raise AlreadyDone
    inside = list(_inside(ctx))
    if any(each.status == "running" for each in inside):
        raise StepAtWork
    close_steps(ctx.session, [row.id, *(each.id for each in inside)], ctx.now)
    row.status, row.finished_at = "skipped", ctx.now


def _inside(ctx: Context) -> Iterator[StepRow]:
    """The open rows of a step's reminders, and of the lanes or items that it holds."""
    row = ctx.row
    ids = {step.id for steps in lists_in(ctx.step) for step in walk(steps)} if row.path != REPEAT else set()
    open_ones = select(StepRow).where(StepRow.run_id == row.run_id, StepRow.status.in_(OPEN), StepRow.id != row.id)
    for other in ctx.session.scalars(open_ones.with_for_update().execution_options(populate_existing=True)):
        below = other.path.startswith(f"{row.path}{BESIDE}") and other.visit == row.visit
        within = step_of(other.path) in ids and items_of(other.path)[: len(ctx.items)] == ctx.items
        if below or within:
            yield other


def _after(ctx: Context) -> list[StepRow]:
    """The rows that come next: none after a reminder, the next round after a round's clock."""
    row = ctx.row
    if row.verb == REPEAT:
        return [_next_round(ctx)]
    if is_held_task(row.path):
        return settle_held(ctx, None)
    if ctx.is_beside and row.verb != "wait":
        return []
    return follow(ctx)


def _next_round(ctx: Context) -> StepRow:
    repeat = ctx.edition.workflow.repeat
    assert repeat is not None
    try:
        return add_clock(ctx, series_of(ctx, repeat), ctx.row.visit + 1)
    except (MissingValue, ExpressionError) as error:
        raise NoNextRound from error
