"""ask: a person fills a form. The step finds its holder, invites her, sets its reminders, and waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from forms_service.engine.begin import add_row
from forms_service.engine.context import Context
from forms_service.engine.handed import handed_to
from forms_service.engine.holder import hand_to
from forms_service.engine.outcome import Outcome, Waits
from forms_service.engine.post import Notice, post
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.engine.way import way_to
from forms_service.language.companions import LABEL
from forms_service.language.definitions import Ask, Each
from forms_service.language.duration import after
from forms_service.storage.runs import LinkRow

LINK_LIVES = timedelta(days=60)
"""How long a one-time link works when the task has no due date; with one it works this long after it."""


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, Ask)
    form = ctx.edition.definitions.forms[step.form]
    ctx.row.form, ctx.row.title = step.form, titled(ctx, step.title or form.title)
    ctx.row.late_at = after(ctx.now, step.due, ctx.rt.zone) if step.due else None
    if step.invite:
        _invite(ctx, step, posted)
    else:
        hand_to(ctx, ctx.row, step.role, step.substitute)
    if step.notify:
        _notify(ctx, step, posted)
    _set_alarms(ctx, step)
    return Waits()


def titled(ctx: Context, title: str) -> str:
    """A task's title, with the item that it is about when its step goes through a list."""
    lists = ctx.edition.plan.lists[ctx.step_id]
    if not lists:
        return title
    innermost = ctx.edition.plan.steps[lists[-1]]
    assert isinstance(innermost, Each)
    return f"{title}: {ctx.names()[innermost.item + LABEL]}"


def _invite(ctx: Context, step: Ask, posted: Posted) -> None:
    """Send a one-time link; somebody who cannot be reached is helped by whoever would get the task when it is late."""
    recipient = ctx.rt.service.recipient(ctx.session, step.role, ctx.subject, ctx.today)
    if not way_to(ctx.rt, recipient) and step.late and step.late.give:
        hand_to(ctx, ctx.row, step.late.give)
        return
    hand_to(ctx, ctx.row, step.role, step.substitute)
    link = LinkRow(step_id=ctx.row.id, created_at=ctx.now, expires_at=(ctx.row.late_at or ctx.now) + LINK_LIVES)
    ctx.session.add(link)
    ctx.session.flush()
    post(ctx, Notice("invite", step.invite, step.role, link=link, due=ctx.row.late_at), recipient, posted)


def _notify(ctx: Context, step: Ask, posted: Posted) -> None:
    """A word to whoever got the task: the substitute, when there is one."""
    role = ctx.row.role or step.role
    recipient = handed_to(ctx.session, ctx.row) or ctx.rt.service.recipient(ctx.session, role, ctx.subject, ctx.today)
    notice = Notice("notify", step.notify, role, f"/oppgaver/{ctx.row.id}", due=ctx.row.late_at)
    post(ctx, notice, recipient, posted)


def _set_alarms(ctx: Context, step: Ask) -> None:
    for number, duration in enumerate(step.remind, start=1):
        _alarm(ctx, f"remind/{number}", "remind", after(ctx.now, duration, ctx.rt.zone))
    if step.late and ctx.row.late_at:
        _alarm(ctx, "late", "late", ctx.row.late_at)


def _alarm(ctx: Context, name: str, verb: str, due_at: datetime) -> None:
    add_row(ctx.session, ctx.run, f"{ctx.row.path}/{name}", verb, ctx.now, due_at=due_at, visit=ctx.row.visit)


VERB = Verb(settle)
