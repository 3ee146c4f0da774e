"""Bring a database to the tables of this version, under a lock, and at once when there is nothing to do."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from forms_service.errors import MigrationRefused
from forms_service.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")
LOCK = 0x666F726D73
"""The key of PostgreSQL's advisory lock; any number that nobody else uses."""

logger = logging.getLogger(__name__)


def prepare(database: Database) -> bool:
    """Upgrade when needed; True when something was done. Several processes may call it at the same time."""
    _make_room(database)
    if version_of(database) == newest():
        return False
    with _upgrading(database) as connection:
        _lock(connection)
        _upgrade(connection)
    return True


def newest() -> str:
    """The version that this program works with: the number of the last migration."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def version_of(database: Database) -> str | None:
    """The version that a database is at; None for an empty one. Raises OperationalError when it cannot be reached."""
    with database.engine.connect() as connection:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        except (OperationalError, ProgrammingError) as error:
            if not _no_such_table(error):
                raise
            return None


def _no_such_table(error: OperationalError | ProgrammingError) -> bool:
    said = str(error.orig)
    return "no such table" in said or getattr(error.orig, "sqlstate", None) == "42P01"


def _make_room(database: Database) -> None:
    """A SQLite file wants its folder."""
    if database.is_sqlite and database.engine.url.database:
        Path(database.engine.url.database).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def _upgrading(database: Database) -> Iterator[Connection]:
    """One transaction, in which SQLite looks at foreign keys once, at the end.

    A table is altered by copying it and dropping the old one, to which others point (sqlite.org/lang_altertable.html).
    """
    with database.writer.connect() as connection:
        _heed_foreign_keys(connection, "OFF")  # heard only outside a transaction
        try:
            with connection.begin():
                yield connection
                _insist_on_parents(connection)
        finally:
            _heed_foreign_keys(connection, "ON")


def _heed_foreign_keys(connection: Connection, wish: str) -> None:
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys={wish}")


def _insist_on_parents(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = {row[0] for row in connection.execute(text("PRAGMA foreign_key_check"))}
        if orphans:
            raise MigrationRefused(f"rows without what they belong to in {', '.join(sorted(orphans))}")


def _lock(connection: Connection) -> None:
    """On SQLite the transaction itself is the lock: it began with BEGIN IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _upgrade(connection: Connection) -> None:
    """Whoever waited for the lock finds nothing left to do."""
    from alembic import command  # noqa: PLC0415 - a tenth of a second that most starts need not spend

    logger.info("preparing the database for version %s", newest())
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings without an ini file."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
