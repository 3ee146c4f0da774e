"""Giving somebody an account: a link to a password of her own, which nobody else ever knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.accounts.address import INVENTED, is_address, normalised
from forms_service.accounts.events import By, Kind, note
from forms_service.accounts.letters import send_link
from forms_service.accounts.links import Purpose, end_links, new_link
from forms_service.accounts.locked import account_of, person_here
from forms_service.engine.runtime import Runtime
from forms_service.errors import AccountRefused, AlreadyDone
from forms_service.storage.accounts import AccountRow
from forms_service.storage.people import PersonRow


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that somebody has just got: its id, and whether it goes by e-mail."""

    link_id: str
    is_sent: bool


def invite(rt: Runtime, person_id: str, by: By, *, send: bool = True) -> Invitation:
    """A new link; older ones end. Raises NotFound, and AccountRefused: closed, no_address, address_taken, in_demo."""
    letters: list[str] = []
    with rt.database.writing() as session:
        now = rt.clock.now()
        person = person_here(session, person_id)
        if not person.active:
            raise AccountRefused("closed")
        account = account_of(session, person.id) or _new_account(rt, session, person, now)
        _follow_address(rt, session, account, person)
        link = new_link(session, account, Purpose.INVITATION, now)
        note(session, Kind.INVITED, person.id, by, now)
        if send:
            letters.append(send_link(rt, session, person, link))
    for letter in letters:
        rt.bell.ring_message(letter)
    return Invitation(link.id, is_sent=send)


def withdraw(rt: Runtime, person_id: str, by: By) -> None:
    """End the links that somebody has got. Raises NotFound, AlreadyDone when there is none to end."""
    with rt.database.writing() as session:
        now = rt.clock.now()
        person = person_here(session, person_id)
        if account_of(session, person.id) is None or not end_links(session, person.id, now):
            raise AlreadyDone
        note(session, Kind.WITHDRAWN, person.id, by, now)


def _new_account(rt: Runtime, session: Session, person: PersonRow, now: datetime) -> AccountRow:
    account = AccountRow(person_id=person.id, address=_address(rt, person), created_at=now, failures=0, sessions=0)
    _insist_on_free(session, account.address, person.id)
    session.add(account)
    session.flush()
    return account


def _follow_address(rt: Runtime, session: Session, account: AccountRow, person: PersonRow) -> None:
    """She signs in with the address that the link goes to."""
    address = _address(rt, person)
    if account.address != address:
        _insist_on_free(session, address, person.id)
        account.address = address
        session.flush()


def _address(rt: Runtime, person: PersonRow) -> str:
    address = normalised(person.email or "")
    if not is_address(address):
        raise AccountRefused("no_address")
    if rt.settings.demo and not address.endswith(INVENTED):
        raise AccountRefused("in_demo")
    return address


def _insist_on_free(session: Session, address: str, person_id: str) -> None:
    others = select(AccountRow.person_id).where(AccountRow.address == address, AccountRow.person_id != person_id)
    if session.scalar(others.limit(1)) is not None:
        raise AccountRefused("address_taken")
