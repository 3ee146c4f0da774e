"""Inserting a row unless another transaction was first with it, on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forms_service.storage.base import Base, is_postgresql


def insert_if_new(session: Session, table: type[Base], **values: Any) -> None:
    """Add a row; nothing happens when one with the same unique values is there."""
    insert = postgresql.insert if is_postgresql(session) else sqlite.insert
    session.execute(insert(table).values(**values).on_conflict_do_nothing())
