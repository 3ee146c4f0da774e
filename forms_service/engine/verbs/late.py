"""late: the due date has passed. The task goes to somebody else, or somebody else is told."""

from __future__ import annotations

from forms_service.engine.asked import waiting_task
from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.engine.holder import hand_to
from forms_service.engine.outcome import Aside, Outcome
from forms_service.engine.post import Notice, post
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Ask


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, Ask)
    task = waiting_task(ctx)
    if task is None or step.late is None:
        return Aside({"late": False})
    record(ctx.session, ctx.run.id, "late", ctx.now, path=task.path)
    if step.late.give:
        hand_to(ctx, task, step.late.give)
    if step.late.send:
        recipient = ctx.rt.service.recipient(ctx.session, step.late.to, ctx.subject, ctx.today)
        notice = Notice("late", step.late.send, step.late.to, "/oppgaver", due=task.late_at)
        post(ctx, notice, recipient, posted)
    return Aside({"late": True})


VERB = Verb(settle)
