from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import text

from forms_service.storage.database import Database, open_database
from forms_service.storage.migrate import newest, prepare, version_of
from forms_service.storage.tables import Base

SHAPE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_%'",
    "postgresql": """
        SELECT table_name, column_name, data_type, is_nullable, column_default IS NOT NULL
          FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
        UNION ALL SELECT tablename, indexname, indexdef, '', false
          FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', false
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic_version%'
        """,
}


def shape(database: Database) -> list[tuple[Any, ...]]:
    """Tables, columns, indexes and constraints in the words of the database itself, in any order."""
    with database.engine.connect() as connection:
        rows = connection.execute(text(SHAPE[database.engine.dialect.name]))
        return sorted(tuple(parts_of(column) for column in row) for row in rows)


def parts_of(column: object) -> object:
    """A table's columns and constraints may come in any order; those of an index or a key may not."""
    if not isinstance(column, str):
        return column
    return sorted(part.rstrip(" )") for part in " ".join(column.split()).split(", "))


def test_migrations_make_exactly_the_tables_that_python_describes(empty_database_url):
    database = open_database(empty_database_url)
    prepare(database)
    migrated = shape(database)
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        Base.metadata.drop_all(connection)
    Base.metadata.create_all(database.engine)
    assert migrated == shape(database)
    assert len(migrated) > len(Base.metadata.tables)
    database.close()


def test_an_empty_database_has_no_version_and_gets_the_newest(empty_database_url):
    database = open_database(empty_database_url)
    assert version_of(database) is None
    assert prepare(database) is True
    assert version_of(database) == newest()
    database.close()


def test_a_prepared_database_is_left_alone(database):
    assert prepare(database) is False


def test_eight_processes_that_start_together_migrate_once(empty_database_url):
    changed: list[bool] = []
    together = threading.Barrier(8)

    def start() -> None:
        database = open_database(empty_database_url)
        together.wait()
        changed.append(prepare(database))
        database.close()

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database = open_database(empty_database_url)
    assert len(changed) == 8
    assert version_of(database) == newest()
    database.close()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/new/folder/forms.db")
    prepare(database)
    assert (tmp_path / "new" / "folder" / "forms.db").is_file()
    database.close()
