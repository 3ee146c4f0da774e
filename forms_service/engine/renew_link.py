"""A one-time link is for one address: when that has become another, the message brings a new link."""

from __future__ import annotations

from sqlalchemy import select, update

from forms_service.engine.close import UNSENT
from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.messages.channel import Way
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow

MAY_HAVE_ARRIVED = ("sending", "sent", "unknown")


def renew_link(ctx: Context, row: MessageRow, way: Way) -> None:
    """The old link ends; what else would bring it brings the new one. Drafts stay where they were typed."""
    old = ctx.session.get(LinkRow, row.link_id) if row.link_id else None
    if old is None or not _is_known_elsewhere(ctx, row, way):
        return
    new = LinkRow(step_id=old.step_id, created_at=ctx.now, expires_at=old.expires_at)
    ctx.session.add(new)
    ctx.session.flush()
    old.revoked_at, row.link_id = ctx.now, new.id
    others = update(MessageRow).where(MessageRow.link_id == old.id, MessageRow.status.in_(UNSENT))
    ctx.session.execute(others.values(link_id=new.id).execution_options(synchronize_session=False))
    record(ctx.session, ctx.run.id, "link_renewed", ctx.now, path=ctx.row.path)


def _is_known_elsewhere(ctx: Context, row: MessageRow, way: Way) -> bool:
    """Another message took it there, or this one did: one that is tried again by hand may have arrived before."""
    if row.at_once and row.address not in {"", way.address}:
        return True
    others = select(MessageRow.id).where(MessageRow.link_id == row.link_id, MessageRow.id != row.id)
    others = others.where(MessageRow.address != way.address, MessageRow.status.in_(MAY_HAVE_ARRIVED))
    return ctx.session.scalar(others.limit(1)) is not None
