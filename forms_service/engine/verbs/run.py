"""run: another workflow starts about the same subject, unless it is under way. A repeating one starts its series."""

from __future__ import annotations

from forms_service.engine.begin import Origin, add_row, begin_run, enter, key_about, under_way
from forms_service.engine.context import Context
from forms_service.engine.library import Edition
from forms_service.engine.outcome import Done, Outcome
from forms_service.engine.series import first_due
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import RunWorkflow
from forms_service.storage.runs import RunRow


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, RunWorkflow)
    edition = ctx.rt.library.newest(ctx.session, step.workflow)
    known = under_way(ctx.session, step.workflow, ctx.subject, besides=ctx.run.id)
    run = known or _begin(ctx, edition)
    return Done({"run": run.id})


def _begin(ctx: Context, edition: Edition) -> RunRow:
    key = key_about(ctx.session, edition.workflow.key, ctx.subject, besides=ctx.run.id)
    origin = Origin(key, parent_step_id=ctx.row.id)
    run = begin_run(ctx.rt, ctx.session, edition, origin, ctx.subject)
    if edition.workflow.repeat is None:
        enter(ctx.session, run, edition.plan.first, ctx.now)
    else:
        add_row(ctx.session, run, "repeat", "repeat", ctx.now, due_at=first_due(ctx, edition.workflow.repeat))
    return run


VERB = Verb(settle)
