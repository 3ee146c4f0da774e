"""A desk with the shipped service on a real SQLite database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from forms_service.settings import read_settings
from forms_service.storage.database import open_database
from tests.integration.forms.form_desk import FormDesk, open_form_desk


@pytest.fixture
def form_desk(sqlite_url: str, tmp_path: Path) -> Iterator[FormDesk]:
    settings = replace(read_settings(tmp_path / "instance", {"FORMS_DEMO": "yes"}), database_url=sqlite_url)
    database = open_database(sqlite_url)
    yield open_form_desk(database, settings)
    database.close()
