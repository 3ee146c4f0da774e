from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from forms_service.storage.database import Database


def test_the_error_of_a_statement_does_not_tell_what_somebody_wrote(database: Database) -> None:
    with pytest.raises(DBAPIError) as told, database.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere WHERE words = :words"), {"words": "Liv drakk i går"})
    assert "Liv" not in str(told.value)
