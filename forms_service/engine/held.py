"""A sending that is held back, for want of a release or of anybody to send to: a task, and what its answer means."""

from __future__ import annotations

from forms_service.engine.begin import add_row
from forms_service.engine.context import Context
from forms_service.engine.history import next_visit, record
from forms_service.engine.holder import hand_to
from forms_service.engine.path import base_of
from forms_service.language.definitions import Held
from forms_service.language.duration import Duration, Unit, after
from forms_service.storage.runs import StepRow

HELD = "held"
AGAIN = "again"
TRY_AGAIN = "try_again"
DUE = Duration(1, Unit.WEEK)


def ask_about_sending(ctx: Context, held: Held, problem: str) -> None:
    """Make the task; ``problem`` is a code. The run goes on meanwhile: nobody's support shall wait for a paper."""
    path = f"{base_of(ctx.row.path)}/{HELD}"
    task = StepRow(
        run_id=ctx.run.id,
        path=path,
        visit=next_visit(ctx.session, ctx.run.id, path),
        verb="ask",
        status="waiting",
        due_at=ctx.now,
        late_at=after(ctx.now, DUE, ctx.rt.zone),
        created_at=ctx.now,
        form=held.form,
        title=ctx.edition.definitions.forms[held.form].title,
    )
    hand_to(ctx, task, held.ask)
    ctx.session.add(task)
    ctx.session.flush()
    record(ctx.session, ctx.run.id, "held", ctx.now, path=path, problem=problem)


def beside_the_way(path: str) -> bool:
    """Whether a row settles a sending that the run has passed: it outlives the run."""
    return path.endswith((f"/{HELD}", f"/{AGAIN}"))


def is_held_task(path: str) -> bool:
    return path.endswith(f"/{HELD}")


def settle_held(ctx: Context, outcome: object) -> list[StepRow]:
    """After the answer: the sending is tried again beside the run's way, or left out. The rows to ring for."""
    if outcome == TRY_AGAIN:
        return [add_row(ctx.session, ctx.run, f"{base_of(ctx.row.path)}/{AGAIN}", "send", ctx.now, due_at=ctx.now)]
    record(ctx.session, ctx.run.id, "not_sent", ctx.now, path=base_of(ctx.row.path))
    return []
