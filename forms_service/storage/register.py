"""Records of a service that is described in YAML alone: what its runs are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id


class RecordRow(Base):
    """One thing of one kind, with the values that moves have set."""

    __tablename__ = "record"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(index=True)
    number: Mapped[str]
    """The number people know it by."""
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
