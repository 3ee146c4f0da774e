"""repeat: the clock of a series. Each time it rings it starts a round and sets itself for the next."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from forms_service.engine.begin import REPEAT, Origin, begin_run, first_row
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.history import record
from forms_service.engine.outcome import Again, Aside, Ends, Outcome
from forms_service.engine.overtaken import is_over
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.series import Series, add_clock, series_of
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Missed, Overlap, Repeat
from forms_service.storage.runs import RunRow, StepRow

MOVED = "moved"
"""In the input of a round's clock that a person has set to another day."""
IN_TIME = timedelta(days=1)
"""How late a round may begin and still count as not missed."""


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    repeat = ctx.edition.workflow.repeat
    assert repeat is not None
    series, visit = series_of(ctx, repeat), ctx.row.visit
    all_of_them = repeat.missed is Missed.ALL and visit > 0  # what lay before the series began was not missed
    number = visit if all_of_them else series.latest(visit, ctx.now)
    due = series.due(number)
    if is_over(repeat, ctx.known(), ctx.rt.day(due)):
        return Ends("over")
    if visit > 0 and due > ctx.now and not ctx.row.input.get(MOVED):
        return Again(due)  # the anchor has been put right, or the clock has stood still
    begun = _round(ctx, repeat, series, number)
    add_clock(ctx, series, number + 1)
    crash_point("round_set")
    return Aside({"round": number}, begun)


def _round(ctx: Context, repeat: Repeat, series: Series, number: int) -> tuple[StepRow, ...]:
    """The first row of the round; none for one that is left out, which is written down."""
    moved = bool(ctx.row.input.get(MOVED))
    if number == 0 and (repeat.anchor is not None or series.due(0) > ctx.now):
        return ()
    if repeat.missed is Missed.NONE and not moved and series.due(number) < ctx.now - IN_TIME:
        record(ctx.session, ctx.run.id, "round_missed", ctx.now, path=REPEAT, round=number)
    elif repeat.overlap is Overlap.SKIP and _round_under_way(ctx):
        record(ctx.session, ctx.run.id, "round_skipped", ctx.now, path=REPEAT, round=number)
    else:
        return (_start_round(ctx, number),)
    return ()


def _round_under_way(ctx: Context) -> bool:
    rounds = RunRow.start_key.startswith(f"series:{ctx.run.id}:"), RunRow.status.in_(UNDER_WAY)
    return bool(ctx.session.scalar(select(func.count()).select_from(RunRow).where(*rounds)))


def _start_round(ctx: Context, number: int) -> StepRow:
    edition = ctx.rt.library.newest(ctx.session, ctx.edition.workflow.key)
    origin = Origin(f"series:{ctx.run.id}:{number}", parent_step_id=ctx.row.id, round=number)
    run = begin_run(ctx.rt, ctx.session, edition, origin, ctx.subject)
    return first_row(ctx.session, run, edition, ctx.now)


VERB = Verb(settle)
