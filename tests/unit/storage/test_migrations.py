from __future__ import annotations

import threading
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from forms_service.errors import MigrationRefused
from forms_service.storage.database import Database, open_database
from forms_service.storage.migrate import alembic_config, newest, prepare, version_of
from forms_service.storage.tables import Base

SHAPE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE type <> 'trigger' AND name NOT LIKE 'alembic%'"
    " AND name NOT LIKE 'sqlite_%'",
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
    plain = column.replace('"', "")  # SQLite puts the name of a table that was copied in quotes
    return sorted(part.rstrip(" )") for part in " ".join(plain.split()).split(", "))


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


def test_a_submission_from_before_its_run_was_moved_holds_the_version_that_was_answered(empty_database_url):
    database = open_database(empty_database_url)
    _lay_out(database, "0007")
    prepare(database)
    with database.engine.connect() as connection:
        held = connection.execute(text("SELECT id, definition_id FROM submission ORDER BY id")).all()
        kept = connection.execute(text("SELECT submission_id FROM upload")).scalar_one()
        if database.is_sqlite:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    assert [tuple(row) for row in held] == [("s1", "d1"), ("s2", "d2"), ("s3", "d3"), ("s4", "d1")]
    assert kept == "s1"
    database.close()


def test_a_migration_that_would_leave_rows_without_their_parents_changes_nothing(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/forms.db")
    _lay_out(database, "0007")
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("UPDATE upload SET submission_id = 'nobody'")
        driver.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(MigrationRefused, match="upload"):
        prepare(database)
    assert version_of(database) == "0007"
    database.close()


def _lay_out(database: Database, version: str) -> None:
    """Two runs as an older program left them: one was moved twice, one never."""
    with database.writer.begin() as connection:
        command.upgrade(alembic_config(connection), version)
        for statement in OLD_ROWS:
            connection.execute(text(statement))


OLD_ROWS = (
    *(
        "INSERT INTO definition (id, workflow, version, sha256, files, published_at)"
        f" VALUES ('d{n}', 'loan', {n}, 'sha{n}', '{{}}', '2026-01-0{n} 10:00:00')"
        for n in (1, 2, 3)
    ),
    *(
        "INSERT INTO run (id, definition_id, workflow, start_key, subject_kind, subject_id, status, outcome,"
        " started_at, last_event) VALUES"
        f" ('{run}', '{on}', 'loan', '{run}', '', '', 'active', '', '2026-01-05 10:00:00', 0)"
        for run, on in (("moved", "d3"), ("stayed", "d1"))
    ),
    *(
        "INSERT INTO event (run_id, number, at, kind, path, detail) VALUES"
        f""" ('moved', {old}, '2026-02-0{old} 10:00:00', 'moved', '', '{{"old"\\:"{old}","new"\\:"{old + 1}"}}')"""
        for old in (1, 2)
    ),
    *(
        "INSERT INTO submission (id, nonce, form, digest, answers, run_id, via, received_at)"
        f" VALUES ('{name}', '{name}', 'loan', '', '{{}}', '{run}', 'signed_in', '{at} 10:00:00')"
        for name, run, at in (
            ("s1", "moved", "2026-01-05"),
            ("s2", "moved", "2026-02-01"),
            ("s3", "moved", "2026-03-01"),
            ("s4", "stayed", "2026-01-05"),
        )
    ),
    """INSERT INTO upload (id, owner, key, field, name, kind, size, uploaded_at, submission_id, content)
    VALUES ('u', 'person:p', 'k', 'f', 'n', 'pdf', 1, '2026-01-05 10:00:00', 's1', '1')""",
)
