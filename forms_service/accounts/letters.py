"""What is written to somebody about her account: discreet, at once, through the outbox like everything else."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime
from sqlalchemy.orm import Session

from forms_service.accounts.links import Purpose
from forms_service.engine.runtime import Runtime
from forms_service.messages.text import LINK_PLACE
from forms_service.storage.accounts import AccountLinkRow
from forms_service.storage.base import new_id
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.texts import say

CHANGED = "password_changed"


def send_link(rt: Runtime, session: Session, person: PersonRow, link: AccountLinkRow) -> str:
    """The message that brings a link, put into the outbox; its id, to be rung for after the commit."""
    until = format_datetime(link.expires_at.astimezone(rt.zone), "d. MMMM 'kl.' HH.mm", locale="nb")
    row = _letter(rt, person, link.purpose, link.created_at, link=LINK_PLACE, until=until)
    row.account_link_id = link.id
    session.add(row)
    return row.id


def tell_of_change(rt: Runtime, session: Session, person: PersonRow, now: datetime) -> str:
    """So that she knows when it was somebody else; empty when she has no address any more."""
    if not person.email:
        return ""
    row = _letter(rt, person, CHANGED, now)
    session.add(row)
    return row.id


def undelivered(row: MessageRow | None) -> bool:
    """Whether a link is not on its way to her, as far as we know."""
    return row is not None and row.status in {"failed", "unknown"}


def _letter(rt: Runtime, person: PersonRow, kind: Purpose | str, now: datetime, **words: str) -> MessageRow:
    assert person.email
    message_id = new_id()
    return MessageRow(
        id=message_id,
        key=f"account/{message_id}",
        message=f"account_{kind}",
        person_id=person.id,
        role=person.role,
        address=person.email,
        subject=say(f"accounts.mail.{kind}.subject"),
        body=say(f"accounts.mail.{kind}.body", **words),
        message_id=f"<{message_id}@{rt.settings.mail_domain}>",
        due_at=now,
        at_once=True,
        created_at=now,
    )
