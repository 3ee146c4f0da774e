"""Participants and all that is about one of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id

IN_QUEUE = "status IN ('proposed', 'waiting')"
"""Who stands on the waiting list (domain.participation): each office's are counted by an index that says the same."""


class ParticipantRow(Base):
    """A participant, from the request on."""

    __tablename__ = "participant"
    __table_args__ = (
        Index("ix_participant_created_at", "created_at", "id"),
        Index("ix_participant_name", "name", "id"),
        Index("ix_participant_status", "status", "created_at", "id"),
        Index("ix_participant_office_id", "office_id", "created_at", "id"),
        Index(
            "ix_participant_in_queue",
            "office_id",
            "status",
            sqlite_where=text(IN_QUEUE),
            postgresql_where=text(IN_QUEUE),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    case_number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    gender: Mapped[str]
    birth_year: Mapped[int | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    office_id: Mapped[str] = mapped_column(ForeignKey("office.id"))
    caseworker_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    primary_contact_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    phase: Mapped[str] = mapped_column(default="")
    wishes: Mapped[str] = mapped_column(default="")
    status: Mapped[str]
    """A value of domain.people.ParticipantStatus."""
    created_at: Mapped[datetime]


class ParticipantWordRow(Base):
    """A word under which a participant is found, see casework.search."""

    __tablename__ = "participant_word"

    word: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"), primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)


class WaitingRow(Base):
    """A place on the waiting list; it is left when ``left_at`` is set."""

    __tablename__ = "waiting"
    __table_args__ = (Index("ix_waiting_open", "left_at", "since"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"), index=True)
    since: Mapped[datetime]
    left_at: Mapped[datetime | None]


TAKES_HOURS = "status IN ('active', 'proposed')"
"""Matches that take a peer's hours (domain.match), which an index adds up; a question says it in the same words."""


class MatchRow(Base):
    """A participant and a peer; ``status`` is a value of domain.match.MatchStatus."""

    __tablename__ = "match"
    __table_args__ = (
        Index(
            "ix_match_takes_hours",
            "peer_id",
            "hours_per_week",
            sqlite_where=text(TAKES_HOURS),
            postgresql_where=text(TAKES_HOURS),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"), index=True)
    peer_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[str] = mapped_column(index=True)
    hours_per_week: Mapped[float]
    reason: Mapped[str] = mapped_column(default="")
    started_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closure_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class GoalRow(Base):
    """A goal that the participant agreed to at the matching meeting, and where it stands."""

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("match_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(ForeignKey("match.id"))
    number: Mapped[int]
    text: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")


class ReleaseRow(Base):
    """The participant lets one kind of content go to one kind of recipient, until a day, or until it is withdrawn."""

    __tablename__ = "release"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"), index=True)
    content: Mapped[str]
    recipient: Mapped[str]
    given_at: Mapped[datetime]
    until: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class ContactRow(Base):
    """One contact point between peer and participant."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_match_id", "match_id", "on"), Index("ix_contact_kind", "match_id", "kind"))

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(ForeignKey("match.id"))
    on: Mapped[date]
    kind: Mapped[str]
    minutes: Mapped[int | None]
    at_night: Mapped[bool] = mapped_column(default=False, server_default=false())
    too_much: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The peer says that it is becoming too much for her."""
    internal_note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class HappeningRow(Base):
    """What a move of the domain has done to a case, written with it; only added to. No words: codes and ids."""

    __tablename__ = "happening"
    __table_args__ = (Index("ix_happening_participant_id", "participant_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    """In the order in which it happened, also within one moment."""
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    match_id: Mapped[str | None] = mapped_column(ForeignKey("match.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    """The move, as workflows call it."""
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Who the contact is from then on."""
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class NoteRow(Base):
    """A note that somebody has written about a case, never changed: whoever wrote it can strike it."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_participant_id", "participant_id", "written_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    match_id: Mapped[str | None] = mapped_column(ForeignKey("match.id"))
    """Whose peer wrote it; None for a coordinator's."""
    text: Mapped[str]
    written_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    struck_at: Mapped[datetime | None]


class AccessRow(Base):
    """One read of something about a participant: who, as what, what, when, why. Only added to, by triggers."""

    __tablename__ = "access"
    __table_args__ = (Index("ix_access_participant_id", "participant_id", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    office_id: Mapped[str | None]
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    what: Mapped[str]
    object_id: Mapped[str | None]
    reason: Mapped[str]
    seal: Mapped[int | None] = mapped_column(index=True)
    """The seal that this line is under; None until the next one is put on, minutes later at most."""


class AccessSealRow(Base):
    """A seal on all lines of the access log that had none; each builds on the one before. Only added to."""

    __tablename__ = "access_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1 without gaps."""
    sealed_at: Mapped[datetime]
    lines: Mapped[int]
    digest: Mapped[str]
    """SHA-256 of the digest before and the lines: whoever has written one down can tell if an earlier line changed."""
    mark: Mapped[str]
    """HMAC of the digest with the service's key: nobody who has only the database can make a seal."""
