"""A new password for somebody who knows the old one."""

from __future__ import annotations

from forms_service.accounts.events import By, Kind, note
from forms_service.accounts.hashing import Hasher
from forms_service.accounts.letters import tell_of_change
from forms_service.accounts.links import end_links, set_password
from forms_service.accounts.locked import account_of, person_here
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound


def change_password(rt: Runtime, hasher: Hasher, person_id: str, password: str) -> int:
    """All sessions end; the number under which new ones count. Raises NotFound without an account."""
    hashed = hasher.hash(password)
    with rt.database.writing() as session:
        now = rt.clock.now()
        person = person_here(session, person_id)
        account = account_of(session, person_id)
        if account is None:
            raise NotFound
        set_password(account, hashed, now)
        end_links(session, person_id, now)
        note(session, Kind.PASSWORD_CHANGED, person_id, By(person_id), now)
        letter = tell_of_change(rt, session, person, now)
    rt.bell.ring_message(letter)
    return account.sessions
