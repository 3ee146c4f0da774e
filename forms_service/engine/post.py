"""Putting a message into the outbox, inside the transaction of the step that sends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.engine.service import Recipient
from forms_service.messages.text import LINK_PLACE, Text, compose, day_in_words
from forms_service.storage.base import new_id
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow


def post(
    ctx: Context,
    message: str,
    role: str,
    recipient: Recipient,
    *,
    key: str,
    path: str = "",
    link: LinkRow | None = None,
    due: datetime | None = None,
    release: str = "",
) -> str | None:
    """Add a message; its id, or None when the recipient has no address. ``path`` is where its link leads."""
    if not recipient.address:
        return None
    address_of_link = LINK_PLACE if link else f"{ctx.rt.settings.base_url}{path}"
    text = _text(ctx, message, address_of_link, due)
    message_row_id = new_id()
    row = MessageRow(
        id=message_row_id,
        step_id=ctx.row.id,
        run_id=ctx.run.id,
        key=key,
        message=message,
        person_id=recipient.person_id,
        participant_id=recipient.participant_id,
        role=role,
        address=recipient.address,
        subject=text.subject,
        body=text.body,
        link_id=link.id if link else None,
        release=release,
        message_id=f"<{message_row_id}@{_domain(ctx.rt.settings.mail_from)}>",
        status="created",
        due_at=ctx.now,
        created_at=ctx.now,
    )
    ctx.session.add(row)
    record(ctx.session, ctx.run.id, "message_created", ctx.now, path=ctx.row.path, message=message)
    return row.id


def _text(ctx: Context, message: str, link: str, due: datetime | None) -> Text:
    case = ctx.facts().get("case", {})
    assert isinstance(case, Mapping)
    variables = {
        "case_number": str(case.get("case_number", "")),
        "office": str(case.get("office", "")),
        "due": day_in_words(due.astimezone(ctx.rt.zone).date()) if due else "",
        "link": link,
    }
    return compose(ctx.edition.definitions.messages[message], variables)


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2].rstrip("> ") or "localhost"
