"""remind: a word to whoever still holds the task; nothing when it is done."""

from __future__ import annotations

from forms_service.engine.asked import link_of, waiting_task
from forms_service.engine.context import Context
from forms_service.engine.outcome import Aside, Outcome
from forms_service.engine.post import Notice, post
from forms_service.engine.verbs.verb import Posted, Product, Verb

REMINDER = "reminder"
"""The message that every reminder uses."""


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    task = waiting_task(ctx)
    if task is None or task.role is None:
        return Aside({"reminded": False})
    recipient = ctx.rt.service.recipient(ctx.session, task.role, ctx.subject)
    link = link_of(ctx, task) if recipient.participant_id else None
    notice = Notice("remind", REMINDER, task.role, f"/oppgaver/{task.id}", link=link, due=task.late_at)
    return Aside({"reminded": post(ctx, notice, recipient, posted)})


VERB = Verb(settle)
