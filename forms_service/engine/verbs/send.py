"""send: a discreet message, and a document into the recipient's inbox in the same transaction as the release check."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.context import Context
from forms_service.engine.held import ask_about_sending
from forms_service.engine.history import record
from forms_service.engine.outcome import Aside, Done, Outcome
from forms_service.engine.post import Notice, post
from forms_service.engine.service import Recipient
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.errors import RecipientMissing, ReleaseMissing
from forms_service.language.definitions import Send
from forms_service.language.missing import MissingName
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.runs import StepRow


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, Send)
    try:
        release_id = _release(ctx, step)
        recipient = ctx.rt.service.recipient(ctx.session, step.to, ctx.subject, ctx.today)
    except (ReleaseMissing, RecipientMissing) as error:
        if step.held is None:
            raise
        ask_about_sending(ctx, step.held, error.code)
        return _over(ctx, {"sent": False})
    if step.attach:
        _deliver(ctx, step, recipient, release_id)
    notice = Notice("send", step.message, step.to, _leads_to(ctx, step, recipient), release=step.release)
    return _over(ctx, {"sent": True, "notified": post(ctx, notice, recipient, posted)})


def _leads_to(ctx: Context, step: Send, recipient: Recipient) -> str:
    """Where the message's link goes: a receipt is for whoever started the run; others begin at their own front page."""
    if step.attach:
        return "/innboks"
    started = recipient.person_id is not None and recipient.person_id == ctx.run.started_by
    return f"/kvittering/{ctx.run.id}" if started else "/"


def _over(ctx: Context, result: dict[str, object]) -> Outcome:
    """A second try stands beside the run's way: the run has gone on meanwhile."""
    return Aside(result) if ctx.is_beside else Done(result)


def _release(ctx: Context, step: Send) -> str | None:
    if not step.release:
        return None
    return ctx.rt.service.release(ctx.session, step.release, step.to, ctx.subject, ctx.today)


def _deliver(ctx: Context, step: Send, recipient: Recipient, release_id: str | None) -> None:
    if recipient.person_id is None:
        raise RecipientMissing("documents can only be put into the inbox of somebody who signs in")
    document_id = ctx.session.scalars(
        select(DocumentRow.id)
        .join(StepRow, StepRow.id == DocumentRow.step_id)
        .where(StepRow.run_id == ctx.run.id, StepRow.path == ctx.path_of(step.attach))
        .order_by(DocumentRow.made_at.desc())
    ).first()
    if document_id is None:  # its step was left out, or belongs to another version
        raise MissingName(step.attach)
    ctx.session.add(
        DeliveryRow(
            step_id=ctx.row.id,
            document_id=document_id,
            person_id=recipient.person_id,
            release_id=release_id,
            delivered_at=ctx.now,
        )
    )
    record(ctx.session, ctx.run.id, "delivered", ctx.now, path=ctx.row.path, document=document_id)


VERB = Verb(settle)
