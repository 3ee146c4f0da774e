"""Engines and sessions: SQLite that loses nothing, PostgreSQL as it comes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from forms_service.storage import tables  # noqa: F401 - foreign keys find each other only when all tables are known

PRAGMAS = (
    "PRAGMA busy_timeout=30000",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)

PATIENCE = 30.0
"""Seconds that a process waits for another one that is giving an empty file its journal."""


REST = 1.0
"""Seconds without use after which a connection to a server is asked whether it still holds."""

USED_AT = "used_at"


STANDSTILL = "60s"
"""How long a transaction on PostgreSQL may stand still before the server gives its locks to others."""


@dataclass(frozen=True, slots=True)
class Database:
    """A database that a process has opened; open it after a fork, never before."""

    engine: Engine
    writer: Engine = field(init=False)
    """The same engine; its transactions take SQLite's lock at once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "writer", self.engine.execution_options(forms_writing=True))

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reads; what it changes is thrown away."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open a database by its SQLAlchemy address; nothing is created in it (see storage.migrate)."""
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkout", _asker(engine.dialect.loaded_dbapi.Error))
        event.listen(engine, "checkin", _note_the_time)
    return Database(engine)


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in PRAGMAS:
        connection.execute(pragma)
    _use_wal(connection)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Of two who give an empty file its journal, one is told in spite of the timeout that the file is locked."""
    until = time.monotonic() + PATIENCE
    while not _is_switched(connection, last=time.monotonic() > until):
        time.sleep(0.01)


def _is_switched(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _prepare_postgresql(connection: Any, record: object) -> None:
    """A process that stands still in the middle of a transaction holds the lock of a run: the server ends it."""
    connection.execute(f"SET idle_in_transaction_session_timeout = '{STANDSTILL}'")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once, so that none finds out at commit that another was first."""
    writing = connection.get_execution_options().get("forms_writing")
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _asker(errors: type[Exception]) -> Callable[[Any, ConnectionPoolEntry, object], None]:
    """A server may have gone away while a connection rested; one that was just used need not be asked each time."""

    def ask_after_a_rest(connection: Any, record: ConnectionPoolEntry, proxy: object) -> None:
        if time.monotonic() - record.info.get(USED_AT, -REST) < REST:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except errors as error:
            raise InvalidatePoolError from error

    return ask_after_a_rest


def _note_the_time(connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[USED_AT] = time.monotonic()
