"""What all tables share: the declarative base, ids, and instants in UTC."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON, DateTime, MetaData, Table, UpdateBase
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, FromStatement, Session
from sqlalchemy.types import TypeDecorator

R = TypeVar("R")


def new_id() -> str:
    """A random id; it says nothing about what it names."""
    return uuid.uuid4().hex


class Instant(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite keeps it without its zone and gets it back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Instant, dict[str, Any]: JSON, list[str]: JSON}


def table_of(row: type[Base]) -> Table:
    """The bare table behind a class, for statements that are prepared once and run very often."""
    table = row.__table__
    assert isinstance(table, Table)
    return table


def is_postgresql(session: Session) -> bool:
    """Whether a statement may be one that only PostgreSQL knows; the other database is SQLite."""
    return session.get_bind().dialect.name == "postgresql"


def fresh(row: type[R], returning: UpdateBase) -> FromStatement[R]:
    """An UPDATE of a bare table as a question for rows: what the session remembers of them gives way.

    SQLAlchemy's own UPDATE of a class does the same, and takes twice as long to get ready.
    """
    rows: FromStatement[R] = FromStatement([row], returning)
    return rows.execution_options(populate_existing=True)
