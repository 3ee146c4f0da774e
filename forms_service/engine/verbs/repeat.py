"""repeat: the clock of a series. Each time it rings it starts a round and sets itself for the next."""

from __future__ import annotations

from sqlalchemy import func, select

from forms_service.engine.begin import Origin, add_row, begin_run, enter
from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.engine.outcome import Aside, Ends, Outcome
from forms_service.engine.overtaken import is_over
from forms_service.engine.series import due_of, latest_due
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Repeat
from forms_service.storage.runs import RunRow


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    repeat = ctx.edition.workflow.repeat
    assert repeat is not None
    if is_over(repeat, ctx.facts()):
        return Ends("over")
    number = latest_due(ctx, repeat, ctx.row.visit)
    if _round_under_way(ctx):
        record(ctx.session, ctx.run.id, "round_skipped", ctx.now, path="repeat", round=number)
    else:
        _start_round(ctx, number)
    _set_next(ctx, repeat, number + 1)
    return Aside({"round": number})


def _round_under_way(ctx: Context) -> bool:
    rounds = select(func.count()).where(RunRow.start_key.startswith(f"series:{ctx.run.id}:"), RunRow.status == "active")
    return bool(ctx.session.scalar(rounds))


def _start_round(ctx: Context, number: int) -> None:
    edition = ctx.rt.library.newest(ctx.session, ctx.edition.workflow.key)
    origin = Origin(f"series:{ctx.run.id}:{number}", parent_step_id=ctx.row.id, round=number)
    run = begin_run(ctx.rt, ctx.session, edition, origin, ctx.subject)
    enter(ctx.session, run, edition.plan.first, ctx.now)


def _set_next(ctx: Context, repeat: Repeat, number: int) -> None:
    due_at = due_of(ctx, repeat, number)
    add_row(ctx.session, ctx.run, "repeat", "repeat", ctx.now, due_at=due_at, visit=number)


VERB = Verb(settle)
