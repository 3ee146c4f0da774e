"""What somebody signs in with, the one-time links that lead there, and everything that happened to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id


class AccountRow(Base):
    """One row beside the person. The password is known to its owner alone: this is what is left of it."""

    __tablename__ = "account"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    """The e-mail address as accounts.address writes it, so that capitals do not matter."""
    password: Mapped[str | None]
    """Argon2id in its own notation, with parameters and salt; None until the invitation has been used."""
    password_set_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    """Tries since the last one that was right, each counted before it is looked at."""
    locked_until: Mapped[datetime | None]
    sessions: Mapped[int] = mapped_column(default=0)
    """Which sessions count: those that began under this number. One more ends all of them at once."""
    signed_in_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class AccountLinkRow(Base):
    """A one-time way to a new password; its address is this id, signed, and is written down nowhere."""

    __tablename__ = "account_link"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("account.person_id"), index=True)
    purpose: Mapped[str]
    """A value of accounts.links.Purpose."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


class AccountEventRow(Base):
    """Who did what to whose account, and when; no password, no secret, and no address that nobody here has."""

    __tablename__ = "account_event"
    __table_args__ = (Index("ix_account_event_person", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    """A value of accounts.events.Kind."""
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Whose account; None when somebody tried an address that nobody has."""
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Who did it; None for somebody who has not signed in, and for the command line."""
    via: Mapped[str]
    """password, demo, link, signed_in or "command line"."""
    reason: Mapped[str] = mapped_column(default="")


class EndedSessionRow(Base):
    """A session that somebody has signed out of: a copy of its cookie opens nothing. Kept while it could last."""

    __tablename__ = "ended_session"

    code: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 of the session's id, hexadecimal."""
    ended_at: Mapped[datetime] = mapped_column(index=True)
