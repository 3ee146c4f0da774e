"""What happened to an account: one line each, only added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from forms_service.storage.accounts import AccountEventRow


class Kind(StrEnum):
    """What is written down."""

    FAILED = "failed"
    """A wrong password, or an address that has no account."""
    LOCKED = "locked"
    """A wrong password, and one too many."""
    HELD_OFF = "held_off"
    """A try while the account was locked; the password was not looked at."""
    SIGNED_IN = "signed_in"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - what happened
    PASSWORD_SET = "password_set"  # noqa: S105 - with a one-time link
    INVITED = "invited"
    FORGOTTEN = "forgotten"
    """Somebody asked for a new password on the page that is open to all."""
    WITHDRAWN = "withdrawn"
    UNLOCKED = "unlocked"
    CLOSED = "closed"
    REOPENED = "reopened"
    AWAY = "away"
    """An absence was noted, changed or ended."""


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and how: see AccountEventRow."""

    person_id: str | None = None
    via: str = "signed_in"


COMMAND_LINE = By(via="command line")


def note(
    session: Session, kind: Kind, person_id: str | None, by: By, now: datetime, reason: str = ""
) -> AccountEventRow:
    row = AccountEventRow(at=now, kind=kind, person_id=person_id, by_id=by.person_id, via=by.via, reason=reason)
    session.add(row)
    return row
