"""Messages on their way out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id

NEEDS_A_PERSON = "status IN ('failed', 'unknown', 'withheld')"
"""Few of many: found by an index where a question says this too, in the same words."""


class MessageRow(Base):
    """One discreet message. ``dot_at`` is set just before the server is told that the message is complete."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("step_id", "key"),
        Index("ix_message_run_id", "run_id", "created_at", "id"),
        Index("ix_message_created_at", "created_at", "id"),
        Index(
            "ix_message_needs_a_person",
            "status",
            sqlite_where=text(NEEDS_A_PERSON),
            postgresql_where=text(NEEDS_A_PERSON),
        ),
        Index(
            "ix_message_due",
            "status",
            "due_at",
            sqlite_where=text("status IN ('created', 'sending')"),
            postgresql_where=text("status IN ('created', 'sending')"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    step_id: Mapped[str | None] = mapped_column(ForeignKey("step.id"))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("run.id"))
    """None when it is about somebody's own account, and of no run (engine.letter)."""
    key: Mapped[str]
    """Which of a step's messages: send, invite, notify, remind/1, late."""
    message: Mapped[str]
    """The message definition's key."""
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """None when it goes to a participant."""
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id"))
    role: Mapped[str]
    """The role it goes to; who holds it is asked again at the moment of sending."""
    channel: Mapped[str] = mapped_column(default="email", server_default="email")
    """A value of messages.channel.Channel; asked again, like the address."""
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    """The text with the place of a one-time link left open; the secret is put in at sending."""
    sms: Mapped[str] = mapped_column(default="", server_default="")
    """The same as a short text, in case it goes as an SMS."""
    link_id: Mapped[str | None] = mapped_column(ForeignKey("link.id"))
    account_link_id: Mapped[str | None] = mapped_column(ForeignKey("account_link.id"), index=True)
    """The way to a new password, which ends on its own; the secret is put in at sending as well."""
    release: Mapped[str] = mapped_column(default="")
    """The content that must be released to the role at the moment of sending."""
    message_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(index=True, default="created")
    """created, paused (created again when the run goes on), sending, sent, failed, unknown, withheld, cancelled."""
    problem: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime]
    at_once: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A person asked for it just now: it does not wait for the morning."""
    created_at: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    dot_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]

    @property
    def brings_a_wanted_link(self) -> bool:
        """A person sends this way in by hand, and the one before it has ended: not even a pause holds it."""
        return self.at_once and self.link_id is not None

    @property
    def text(self) -> str:
        """What is sent, but for the link's secret; messages from before there were SMS have no short text."""
        return self.sms or self.body if self.channel == "sms" else self.body


class DigestRow(Base):
    """One day's look at whether anything stands still; the row says that it was looked, and so nobody looks again."""

    __tablename__ = "digest"

    day: Mapped[date] = mapped_column(primary_key=True)
    """A day where the service is."""
    looked_at: Mapped[datetime]
    letters: Mapped[int]
    """How many messages it brought; 0 when there was nothing to tell."""
