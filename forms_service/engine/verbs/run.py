"""run: another workflow starts about the same subject. A repeating one starts as a series of rounds."""

from __future__ import annotations

from forms_service.engine.begin import Origin, add_row, begin_run, enter
from forms_service.engine.context import Context
from forms_service.engine.outcome import Done, Outcome
from forms_service.engine.series import first_due
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import RunWorkflow


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, RunWorkflow)
    edition = ctx.rt.library.newest(ctx.session, step.workflow)
    origin = Origin(f"step:{ctx.row.id}", parent_step_id=ctx.row.id)
    run = begin_run(ctx.rt, ctx.session, edition, origin, ctx.subject)
    if edition.workflow.repeat is None:
        enter(ctx.session, run, edition.plan.first, ctx.now)
    else:
        due_at = first_due(ctx, edition.workflow.repeat)
        add_row(ctx.session, run, "repeat", "repeat", ctx.now, due_at=due_at)
    return Done({"run": run.id})


VERB = Verb(settle)
