"""run: another workflow starts about the same subject, unless it is under way. A repeating one starts its series."""

from __future__ import annotations

from forms_service.engine.begin import Origin, begin_run, first_row, is_shared, key_about, under_way
from forms_service.engine.context import Context
from forms_service.engine.lock import lock_run
from forms_service.engine.outcome import Done, Outcome, Waits
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import RunWorkflow
from forms_service.storage.runs import RunRow, StepRow


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, RunWorkflow)
    if ctx.row.child_run_id is not None:
        return _after(ctx, ctx.session.get_one(RunRow, ctx.row.child_run_id))
    run, begun = _known(ctx, step) or _begin(ctx, step)
    if not step.waits:
        return Done({"run": run.id}, begun)
    ctx.row.child_run_id = run.id
    return Waits(begun)


def _after(ctx: Context, run: RunRow) -> Outcome:
    """Woken: the other run is over, and how is known from now on."""
    if run.status in UNDER_WAY:
        return Waits()
    return Done({"run": run.id, "outcome": run.outcome if run.status == "ended" else run.status})


def _known(ctx: Context, step: RunWorkflow) -> tuple[RunRow, tuple[StepRow, ...]] | None:
    """One that is under way; locked, so that it cannot end before this step is seen to wait for it."""
    if not is_shared(ctx.rt.library.newest(ctx.session, step.workflow), ctx.subject):
        return None
    known = under_way(ctx.session, step.workflow, ctx.subject, besides=ctx.run.id)
    run = lock_run(ctx.session, known.id) if known else None
    return (run, ()) if run and run.status in UNDER_WAY else None


def _begin(ctx: Context, step: RunWorkflow) -> tuple[RunRow, tuple[StepRow, ...]]:
    edition = ctx.rt.library.newest(ctx.session, step.workflow)
    shared = is_shared(edition, ctx.subject)
    key = key_about(ctx.session, step.workflow, ctx.subject, besides=ctx.run.id) if shared else f"step:{ctx.row.id}"
    run = begin_run(ctx.rt, ctx.session, edition, Origin(key, parent_step_id=ctx.row.id), ctx.subject)
    return run, (first_row(ctx.session, run, edition, ctx.now),)


VERB = Verb(settle)
