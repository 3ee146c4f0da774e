from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from forms_service.storage.database import Database, open_database


def test_the_error_of_a_statement_does_not_tell_what_somebody_wrote(database: Database) -> None:
    with pytest.raises(DBAPIError) as told, database.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere WHERE words = :words"), {"words": "Liv drakk i går"})
    assert "Liv" not in str(told.value)


def test_of_many_who_open_an_empty_file_at_once_nobody_is_turned_away(tmp_path):
    """Giving a file its journal is the one thing for which SQLite does not wait by itself."""

    def open_one(file, together):
        database = open_database(f"sqlite:///{file}")
        together.wait()
        with database.engine.connect() as connection:
            journal = connection.execute(text("PRAGMA journal_mode")).scalar_one()
        database.close()
        return journal

    with ThreadPoolExecutor(8) as pool:
        for number in range(60):
            together = threading.Barrier(8)
            opened = [pool.submit(open_one, tmp_path / f"{number}.db", together) for _ in range(8)]
            assert [each.result() for each in opened] == ["wal"] * 8
