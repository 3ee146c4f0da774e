"""remind: a word to whoever still holds the task; nothing when it is done."""

from __future__ import annotations

from sqlalchemy import func, select

from forms_service.engine.asked import link_of, waiting_task
from forms_service.engine.context import Context
from forms_service.engine.handed import handed_to
from forms_service.engine.outcome import Aside, Outcome
from forms_service.engine.path import base_of
from forms_service.engine.post import Notice, post
from forms_service.engine.service import Recipient
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.errors import RecipientMissing
from forms_service.storage.runs import StepRow

REMINDER = "reminder"
"""The message that every reminder uses."""


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    task = waiting_task(ctx)
    if task is None or task.role is None or _a_later_word_is_due(ctx):
        return Aside({"reminded": False})
    recipient = _holder(ctx, task)
    if recipient is None:
        return Aside({"reminded": False})
    signs_in = recipient.person_id is not None
    link = None if signs_in else link_of(ctx, task)
    if link is None and not signs_in:  # it was withdrawn: there is nothing that she could open
        return Aside({"reminded": False})
    notice = Notice("remind", REMINDER, task.role, f"/oppgaver/{task.id}", link=link, due=task.late_at)
    return Aside({"reminded": post(ctx, notice, recipient, posted)})


def _holder(ctx: Context, task: StepRow) -> Recipient | None:
    """Whoever still can open the task; None when she has left, or when somebody else has the role by now."""
    given = handed_to(ctx.session, task)
    if given is not None:
        return given
    try:
        recipient = ctx.rt.service.recipient(ctx.session, task.role or "", ctx.subject, ctx.today)
    except RecipientMissing:
        return None
    return recipient if task.person_id in (None, recipient.person_id) else None


def _a_later_word_is_due(ctx: Context) -> bool:
    """After a long sleep of the machine one word is enough."""
    beside = StepRow.path.startswith(f"{base_of(ctx.row.path)}/", autoescape=True)
    later = select(func.count()).where(StepRow.run_id == ctx.run.id, beside, StepRow.visit == ctx.row.visit)
    later = later.where(StepRow.status != "cancelled", StepRow.due_at > ctx.row.due_at, StepRow.due_at <= ctx.now)
    return bool(ctx.session.scalar(later))


VERB = Verb(settle)
