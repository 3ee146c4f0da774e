"""Whether a message may go, asked at the moment of sending: who holds the role, and what is released to her."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from forms_service.engine.claim import context
from forms_service.engine.context import Context
from forms_service.engine.handed import HANDED, is_still_hers, recipient_of
from forms_service.engine.held import ask_about_sending
from forms_service.engine.history import record
from forms_service.engine.letter import may_go_alone
from forms_service.engine.lock import CANCELLED
from forms_service.engine.pause import PAUSED, status_for_unsent
from forms_service.engine.renew_link import renew_link
from forms_service.engine.runtime import Runtime
from forms_service.engine.way import way_to
from forms_service.errors import RecipientMissing, ReleaseMissing
from forms_service.language.definitions import Send
from forms_service.messages.channel import Way
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow
from forms_service.storage.runs import LinkRow, StepRow

NO_ADDRESS = "no_address"


def may_go(rt: Runtime, session: Session, row: MessageRow, now: datetime) -> bool:
    """False when it is withheld, cancelled or paused, with the reason written down; else it has today's address."""
    if row.step_id is None:
        return may_go_alone(rt, session, row, now)
    ctx = context(rt, session, session.get_one(StepRow, row.step_id), now)
    if status_for_unsent(ctx.run, wanted_link=row.brings_a_wanted_link) == PAUSED:
        row.status, row.token, row.dot_at = PAUSED, None, None
        return False
    if ctx.run.status == CANCELLED or _is_about_something_done(ctx, row):
        row.status, row.token = CANCELLED, None
        return False
    try:
        recipient = recipient_of(ctx, row)
        if row.release:
            rt.service.release(session, row.release, row.role, ctx.subject, ctx.today)
    except RecipientMissing as error:
        return _withhold(ctx, row, error.code)
    except ReleaseMissing as error:
        _take_back(ctx, row)
        return _withhold(ctx, row, error.code)
    way = way_to(rt, recipient)
    if way:
        renew_link(ctx, row, way)
    _readdress(session, row, recipient.person_id, way)
    return bool(way) or _withhold(ctx, row, NO_ADDRESS)


def _is_about_something_done(ctx: Context, row: MessageRow) -> bool:
    """A one-time link to a task that nobody waits for any more is not sent, nor that a task is hers which is not."""
    if row.key.startswith(HANDED):
        return not is_still_hers(ctx, row)
    link = ctx.session.get(LinkRow, row.link_id, populate_existing=True) if row.link_id else None
    return link is not None and bool(link.used_at or link.revoked_at)


def _withhold(ctx: Context, row: MessageRow, problem: str) -> bool:
    row.status, row.token, row.problem, row.dot_at = "withheld", None, problem, None
    record(ctx.session, ctx.run.id, "message_withheld", ctx.now, problem=problem)
    return False


def _take_back(ctx: Context, row: MessageRow) -> None:
    """The release is gone: a document that nobody has opened leaves the inbox again, and a task says why."""
    unopened = delete(DeliveryRow).where(DeliveryRow.step_id == row.step_id, DeliveryRow.opened_at.is_(None))
    ctx.session.execute(unopened)
    step = ctx.step
    if isinstance(step, Send) and step.held:
        ask_about_sending(ctx, step.held, ReleaseMissing.code)


def _readdress(session: Session, row: MessageRow, person_id: str | None, way: Way) -> None:
    """Somebody else may hold the role since the message was written: the document lies in her inbox instead."""
    if person_id != row.person_id:
        unopened = update(DeliveryRow).where(DeliveryRow.step_id == row.step_id, DeliveryRow.opened_at.is_(None))
        session.execute(unopened.values(person_id=person_id))
    row.person_id, row.channel, row.address = person_id, way.channel, way.address
