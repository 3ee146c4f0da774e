"""Putting a message into the outbox, inside the transaction of the step that sends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.history import record
from forms_service.engine.pause import status_for_unsent
from forms_service.engine.service import Recipient
from forms_service.engine.way import way_to
from forms_service.messages.text import LINK_PLACE, Text, compose, day_in_words
from forms_service.storage.base import new_id
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to write: which of the step's messages it is, its text, the role it goes to, and where it leads.

    ``at_once``: a person asks for it, so that it does not wait until the night is over.
    """

    key: str
    message: str
    role: str
    path: str = ""
    link: LinkRow | None = None
    due: datetime | None = None
    release: str = ""
    at_once: bool = False
    text: Text | None = None
    """Words of our own, for what no workflow thinks of."""


def post(ctx: Context, notice: Notice, recipient: Recipient, posted: Callable[[str], None]) -> bool:
    """Add a message and tell ``posted`` its id; False when the recipient cannot be reached."""
    way = way_to(ctx.rt, recipient)
    if not way:
        return False
    text = notice.text or _text(ctx, notice)
    message_row_id = new_id()
    row = MessageRow(
        id=message_row_id,
        step_id=ctx.row.id,
        run_id=ctx.run.id,
        key=notice.key,
        message=notice.message,
        person_id=recipient.person_id,
        participant_id=recipient.participant_id,
        role=notice.role,
        channel=way.channel,
        address=way.address,
        subject=text.subject,
        body=text.body,
        sms=text.sms,
        link_id=notice.link.id if notice.link else None,
        release=notice.release,
        message_id=f"<{message_row_id}@{ctx.rt.settings.mail_domain}>",
        status=status_for_unsent(ctx.run, wanted_link=notice.at_once and notice.link is not None),
        due_at=ctx.now if notice.at_once else ctx.rt.settings.not_quiet(ctx.now),
        at_once=notice.at_once,
        created_at=ctx.now,
    )
    ctx.session.add(row)
    record(ctx.session, ctx.run.id, "message_created", ctx.now, path=ctx.row.path, message=notice.message)
    posted(row.id)
    crash_point("message_written")
    return True


def _text(ctx: Context, notice: Notice) -> Text:
    case = ctx.facts().get("case", {})
    assert isinstance(case, Mapping)
    variables = {
        "case_number": str(case.get("case_number", "")),
        "office": str(case.get("office", "")),
        "due": day_in_words(ctx.rt.day(notice.due)) if notice.due else "",
        "link": LINK_PLACE if notice.link else f"{ctx.rt.settings.base_url}{notice.path}",
    }
    return compose(ctx.edition.definitions.messages[notice.message], variables)
