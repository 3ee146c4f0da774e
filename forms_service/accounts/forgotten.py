"""«Glemt passord»: a link for whoever has an account; for nobody else, and nobody can tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.accounts.address import normalised
from forms_service.accounts.events import By, Kind, note
from forms_service.accounts.letters import send_link
from forms_service.accounts.links import Purpose, new_link
from forms_service.engine.runtime import Runtime
from forms_service.storage.accounts import AccountLinkRow, AccountRow
from forms_service.storage.base import new_id
from forms_service.storage.people import PersonRow

NOT_AGAIN_WITHIN = timedelta(minutes=5)
"""One message is enough, whoever asks however often; without Valkey nothing else holds them back."""


def ask_for_link(rt: Runtime, address: str) -> None:
    """One transaction with one line written down, and one ring, whether anybody has the address or not."""
    letter = new_id()  # nobody's: the ring leads to nothing
    with rt.database.writing() as session:
        now = rt.clock.now()
        account = session.scalar(select(AccountRow).where(AccountRow.address == normalised(address)).with_for_update())
        person = session.get(PersonRow, account.person_id) if account else None
        note(session, Kind.FORGOTTEN, person.id if person else None, By(via="link"), now)
        if account and person and person.active and person.email and not _has_just_asked(session, person.id, now):
            letter = send_link(rt, session, person, new_link(session, account, Purpose.RESET, now))
    rt.bell.ring_message(letter)


def _has_just_asked(session: Session, person_id: str, now: datetime) -> bool:
    mine = select(AccountLinkRow.id).where(AccountLinkRow.person_id == person_id)
    mine = mine.where(AccountLinkRow.purpose == Purpose.RESET, AccountLinkRow.created_at > now - NOT_AGAIN_WITHIN)
    return session.scalar(mine.where(AccountLinkRow.used_at.is_(None)).limit(1)) is not None
