"""One-time links to a new password: a newer one ends the older, and a used one all others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from forms_service.accounts.events import By, Kind, note
from forms_service.accounts.hashing import Hasher
from forms_service.engine.letter import account_link_in
from forms_service.engine.runtime import Runtime
from forms_service.errors import LinkNotValid
from forms_service.storage.accounts import AccountLinkRow, AccountRow
from forms_service.storage.people import PersonRow


class Purpose(StrEnum):
    """Why somebody gets a link."""

    INVITATION = "invitation"
    RESET = "reset"


LASTS = {Purpose.INVITATION: timedelta(hours=72), Purpose.RESET: timedelta(hours=1)}
ENDS: dict[Purpose, Sequence[Purpose]] = {
    Purpose.INVITATION: tuple(Purpose),
    Purpose.RESET: (Purpose.RESET,),
}
"""Anybody can ask for a new password in somebody's name: that must not end the invitation she has got."""


def new_link(session: Session, account: AccountRow, purpose: Purpose, now: datetime) -> AccountLinkRow:
    """A link for an account whose row is locked; those that it ends are ended."""
    end_links(session, account.person_id, now, ENDS[purpose])
    link = AccountLinkRow(person_id=account.person_id, purpose=purpose, created_at=now, expires_at=now + LASTS[purpose])
    session.add(link)
    session.flush()
    return link


def end_links(session: Session, person_id: str, now: datetime, purposes: Sequence[Purpose] = tuple(Purpose)) -> int:
    """How many could still have been used."""
    theirs = update(AccountLinkRow).where(AccountLinkRow.person_id == person_id, open_at(now))
    theirs = theirs.where(AccountLinkRow.purpose.in_(purposes)).values(revoked_at=now)
    return int(session.execute(theirs).rowcount)  # type: ignore[attr-defined]


def open_at(now: datetime) -> ColumnElement[bool]:
    """The same as AccountLinkRow.is_open, asked of the database."""
    row = AccountLinkRow
    return row.used_at.is_(None) & row.revoked_at.is_(None) & (row.expires_at > now)


def open_link(rt: Runtime, session: Session, token: str) -> tuple[AccountLinkRow, PersonRow]:
    """The link behind a token, and whose it is. Raises LinkNotValid when it opens nothing (any more)."""
    link = session.get(AccountLinkRow, account_link_in(rt, token))
    person = session.get(PersonRow, link.person_id) if link else None
    if link is None or person is None or not person.active or not link.is_open(rt.clock.now()):
        raise LinkNotValid
    return link, person


def use_link(rt: Runtime, hasher: Hasher, token: str, password: str) -> None:
    """Set the password, once; all sessions end, and so does a lock. Raises LinkNotValid when somebody was first."""
    with rt.database.reading() as session:
        link_id = open_link(rt, session, token)[0].id
    hashed = hasher.hash(password)  # slow on purpose, so not while others wait for the row
    with rt.database.writing() as session:
        now = rt.clock.now()
        owner = select(AccountLinkRow.person_id).where(AccountLinkRow.id == link_id).scalar_subquery()
        account = session.scalars(select(AccountRow).where(AccountRow.person_id == owner).with_for_update()).one()
        link, person = open_link(rt, session, token)
        link.used_at = now
        set_password(account, hashed, now)
        end_links(session, person.id, now)
        note(session, Kind.PASSWORD_SET, person.id, By(via="link"), now)


def set_password(account: AccountRow, hashed: str, now: datetime) -> None:
    """On a row that is locked: the sessions so far end, and what was guessed before counts no more."""
    account.password, account.password_set_at = hashed, now
    account.failures, account.locked_until = 0, None
    account.sessions += 1
