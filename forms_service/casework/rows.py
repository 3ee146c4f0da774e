"""Holding a row, so that of two moves at the same time one comes after the other."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from forms_service.storage.base import Base

Row = TypeVar("Row", bound=Base)


def locked(session: Session, kind: type[Row], key: str) -> Row:
    """The row as it is now, nobody else's to change until the transaction ends (SQLite locks the whole file anyway).

    Whoever holds several takes the participant first, then the match, then the peer: two can never wait for each other.
    """
    session.flush()
    return session.get_one(kind, key, with_for_update=True, populate_existing=True)
