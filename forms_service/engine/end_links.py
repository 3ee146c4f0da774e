"""Links that stop working before they are used."""

from __future__ import annotations

from sqlalchemy import select, update

from forms_service.engine.close import UNSENT
from forms_service.engine.context import Context
from forms_service.engine.lock import CANCELLED
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow


def end_links(ctx: Context) -> None:
    """All links to the step, at once, with the messages that would still bring them."""
    of_the_step = LinkRow.step_id == ctx.row.id
    still_open = update(LinkRow).where(of_the_step, LinkRow.used_at.is_(None), LinkRow.revoked_at.is_(None))
    ctx.session.execute(still_open.values(revoked_at=ctx.now))
    brings_one = MessageRow.link_id.in_(select(LinkRow.id).where(of_the_step))
    unsent = update(MessageRow).where(brings_one, MessageRow.status.in_(UNSENT))
    ctx.session.execute(unsent.values(status=CANCELLED).execution_options(synchronize_session=False))
