"""People who work with the service, and the offices they belong to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id


class OfficeRow(Base):
    """A health and social office of the municipality."""

    __tablename__ = "office"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class PersonRow(Base):
    """Somebody who signs in; ``role`` is a value of domain.people.Role."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_name", "name", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(index=True)
    email: Mapped[str | None]
    phone: Mapped[str | None]
    office_id: Mapped[str | None] = mapped_column(ForeignKey("office.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    """The last day of an absence; a substitute gets the tasks that come up in it."""
    stand_in_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """The colleague who gets them where the workflow names nobody."""


class PeerRow(Base):
    """What matching needs to know of a peer; one row beside the person."""

    __tablename__ = "peer"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    gender: Mapped[str]
    birth_year: Mapped[int]
    ready: Mapped[bool] = mapped_column(default=False)
    courses_passed: Mapped[int] = mapped_column(default=0)
    hours_per_week: Mapped[float] = mapped_column(default=0)
    interests: Mapped[str] = mapped_column(default="")
    internal_note: Mapped[str] = mapped_column(default="")
