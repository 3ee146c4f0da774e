"""Who may sign in: unlocking, closing, opening again, and ending all sessions."""

from __future__ import annotations

from forms_service.accounts.events import By, Kind, note
from forms_service.accounts.links import end_links
from forms_service.accounts.locked import account_of, person_here
from forms_service.engine.runtime import Runtime
from forms_service.errors import AccountRefused, AlreadyDone, NotFound, ReasonMissing

LONGEST_REASON = 500


def unlock(rt: Runtime, person_id: str, by: By) -> None:
    """At once, with all tries anew. Raises NotFound, AlreadyDone when it is not locked."""
    with rt.database.writing() as session:
        now = rt.clock.now()
        account = account_of(session, person_here(session, person_id).id)
        if account is None or account.locked_until is None or account.locked_until <= now:
            raise AlreadyDone
        account.failures, account.locked_until = 0, None
        note(session, Kind.UNLOCKED, person_id, by, now)


def close(rt: Runtime, person_id: str, reason: str, by: By) -> None:
    """No way in from this moment. Raises NotFound, ReasonMissing, AlreadyDone, AccountRefused for oneself."""
    reason = "".join(sign for sign in " ".join(reason.split()) if sign.isprintable())[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing
    if by.person_id == person_id:
        raise AccountRefused("yourself")
    with rt.database.writing() as session:
        now = rt.clock.now()
        person = person_here(session, person_id)
        if not person.active:
            raise AlreadyDone
        person.active = False
        account = account_of(session, person_id)
        if account is not None:
            account.sessions += 1
            end_links(session, person_id, now)
        note(session, Kind.CLOSED, person_id, by, now, reason)


def reopen(rt: Runtime, person_id: str, by: By) -> None:
    """The old password holds again; no session does. Raises NotFound, AlreadyDone."""
    with rt.database.writing() as session:
        person = person_here(session, person_id)
        if person.active:
            raise AlreadyDone
        person.active = True
        account = account_of(session, person_id)
        if account is not None:
            account.sessions += 1  # whatever began just as it was closed
        note(session, Kind.REOPENED, person_id, by, rt.clock.now())


def sign_out_everywhere(rt: Runtime, person_id: str, by: By) -> int:
    """End all sessions; the number under which new ones count. Raises NotFound without an account."""
    with rt.database.writing() as session:
        account = account_of(session, person_here(session, person_id).id)
        if account is None:
            raise NotFound
        account.sessions += 1
        note(session, Kind.SIGNED_OUT_EVERYWHERE, person_id, by, rt.clock.now())
        return account.sessions
