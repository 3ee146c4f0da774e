"""Drafts: what somebody has typed into a form and not sent. Seen by whoever typed it, and by nobody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id

Pairs = list[list[str]]
"""[[name, value], …] in the order of the form, as a browser posts them: a name may come several times."""


class DraftRow(Base):
    """One owner's draft of one form in one place; never in a log, never in an address but by its id."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("owner", "key"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    owner: Mapped[str]
    """``person:`` and an id, or ``link:`` and the id of a one-time link."""
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str]
    """The place of the form, as in web.forms: ``start:<workflow>:<subject>``, ``task:<step>``, ``paper:<step>``,
    ``link:<step>``."""
    workflow: Mapped[str]
    form: Mapped[str]
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    """The version whose questions were answered."""
    subject_kind: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[str] = mapped_column(default="")
    typed: Mapped[Pairs] = mapped_column(JSON)
    beside: Mapped[Pairs | None] = mapped_column(JSON(none_as_null=True))
    """What was typed in another tab or on another device and did not get its place."""
    nonce: Mapped[str]
    """The form's number: once it has been sent, the draft is done with."""
    revision: Mapped[int]
    page: Mapped[str]
    """Which shown page wrote last: its own next words are no conflict, also when our answer to it got lost."""
    stroke: Mapped[int]
    """The number of that page's writing, so that a late one does not go over a newer one."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
