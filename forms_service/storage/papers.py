"""Documents that were made, and whose inbox they lie in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id


class DocumentRow(Base):
    """A finished PDF, committed together with the step that made it."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("step_id", "name"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    step_id: Mapped[str] = mapped_column(ForeignKey("step.id"))
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), index=True)
    name: Mapped[str]
    """The template's key."""
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id"), index=True)
    open_to: Mapped[list[str]]
    sha256: Mapped[str]
    made_at: Mapped[datetime]
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class DeliveryRow(Base):
    """A document put in a person's inbox in the system, under a release when the workflow asks for one."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("step_id", "person_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    step_id: Mapped[str] = mapped_column(ForeignKey("step.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    release_id: Mapped[str | None] = mapped_column(ForeignKey("release.id"))
    delivered_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
