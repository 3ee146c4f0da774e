"""Trying a password: every try is counted before it is looked at, so that no two at once are counted as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forms_service.accounts.address import normalised
from forms_service.accounts.events import By, Kind, note
from forms_service.accounts.hashing import Hasher
from forms_service.accounts.lock import locked_until
from forms_service.engine.runtime import Runtime
from forms_service.storage.accounts import AccountEventRow, AccountRow
from forms_service.storage.people import PersonRow

PASSWORD = By(via="password")


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody whose password was right, and the number under which her sessions count now."""

    person_id: str
    sessions: int


@dataclass(frozen=True, slots=True)
class _Try:
    """A try that is counted and written down as a failure, until it turns out to be right.

    ``hashed`` is None when nothing can be right: no such account, no password yet, locked.
    """

    event_id: int
    person_id: str = ""
    hashed: str | None = None


def sign_in(rt: Runtime, hasher: Hasher, address: str, password: str) -> Entry | None:
    """None when it does not go, whatever the reason: it takes one transaction and one comparison each time."""
    tried = _count(rt, select(AccountRow).where(AccountRow.address == normalised(address)))
    return _let_in(rt, hasher, tried, password) if hasher.agrees(tried.hashed, password) else None


def is_hers(rt: Runtime, hasher: Hasher, person_id: str, password: str) -> bool:
    """Whether it is the password of somebody who is signed in; guesses count as much as at the door."""
    tried = _count(rt, select(AccountRow).where(AccountRow.person_id == person_id))
    return hasher.agrees(tried.hashed, password) and _forgive(rt, tried)


def _count(rt: Runtime, whose: Select[AccountRow]) -> _Try:
    with rt.database.writing() as session:
        now = rt.clock.now()
        account = session.scalar(whose.with_for_update())
        kind = _spend(account, now)
        event = note(session, kind, account.person_id if account else None, PASSWORD, now)
        session.flush()
        if account is None or kind is Kind.HELD_OFF:
            return _Try(event.id)
        return _Try(event.id, account.person_id, account.password)


def _spend(account: AccountRow | None, now: datetime) -> Kind:
    """One try less, on a row that is locked in the database."""
    if account is None:
        return Kind.FAILED
    if account.locked_until and now < account.locked_until:
        return Kind.HELD_OFF
    account.failures += 1
    account.locked_until = locked_until(account.failures, now)
    return Kind.LOCKED if account.locked_until else Kind.FAILED


def _let_in(rt: Runtime, hasher: Hasher, tried: _Try, password: str) -> Entry | None:
    """None when the password was changed, or the access closed, while it was compared."""
    assert tried.hashed is not None
    renewed = hasher.hash(password) if hasher.is_outdated(tried.hashed) else tried.hashed
    with rt.database.writing() as session:
        account = _still_the_same(session, tried)
        if account is None:
            return None
        account.failures, account.locked_until, account.password = 0, None, renewed
        account.signed_in_at = rt.clock.now()
        session.get_one(AccountEventRow, tried.event_id).kind = Kind.SIGNED_IN
        return Entry(account.person_id, account.sessions)


def _forgive(rt: Runtime, tried: _Try) -> bool:
    """What was counted was no guess, and is nothing to tell of."""
    with rt.database.writing() as session:
        account = _still_the_same(session, tried)
        if account is None:
            return False
        account.failures, account.locked_until = 0, None
        session.delete(session.get_one(AccountEventRow, tried.event_id))
        return True


def _still_the_same(session: Session, tried: _Try) -> AccountRow | None:
    """The row, locked; None when somebody else has changed what was compared, or the person has no access."""
    found = select(AccountRow).where(AccountRow.person_id == tried.person_id, AccountRow.password == tried.hashed)
    account = session.scalar(found.with_for_update())
    person = session.get(PersonRow, tried.person_id) if account else None
    return account if person is not None and person.active else None
