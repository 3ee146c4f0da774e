"""Files that people have attached: first whoever uploaded it alone has it, then it belongs to what was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base


class UploadRow(Base):
    """One file that was looked at and found good."""

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_owner_key", "owner", "key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    """Made of owner, place, the form's number, question and content: the same file sent twice is one."""
    owner: Mapped[str]
    """As of a draft."""
    key: Mapped[str]
    """As of a draft."""
    field: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    """The media type, found by looking."""
    size: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
    submission_id: Mapped[str | None] = mapped_column(ForeignKey("submission.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
