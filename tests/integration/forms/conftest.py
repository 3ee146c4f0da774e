"""A desk with the shipped service on a real SQLite database of its own; what all tests share is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from forms_service.app import create_app
from forms_service.engine.library import Library
from forms_service.settings import Settings, read_settings
from forms_service.storage.database import open_database
from forms_service.web.current import EXTENSION
from tests.integration.casework.town import Town
from tests.integration.forms.form_desk import FormDesk, read_library, runtime_for


@dataclass(frozen=True, slots=True)
class Workshop:
    """A database with the workflows published, the library that knows their ids, and the application."""

    file: Path
    settings: Settings
    library: Library
    app: Flask


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory, _sqlite_template: Path) -> Workshop:
    folder = tmp_path_factory.mktemp("workshop")
    settings = read_settings(folder / "instance", {"FORMS_DEMO": "yes"})
    file = Path(shutil.copy(_sqlite_template, folder / "forms.db"))
    database, library = open_database(f"sqlite:///{file}"), read_library(settings)
    with database.writing() as session:
        library.publish(session, datetime(2026, 1, 15, tzinfo=UTC))
    app = create_app(runtime_for(database, settings, library))
    database.close()
    return Workshop(file, settings, library, app)


@pytest.fixture
def form_desk(workshop: Workshop, tmp_path: Path) -> Iterator[FormDesk]:
    file = shutil.copy(workshop.file, tmp_path / "forms.db")
    database = open_database(f"sqlite:///{file}")
    settings = replace(workshop.settings, instance=tmp_path, database_url=f"sqlite:///{file}")
    rt = runtime_for(database, settings, workshop.library)
    workshop.app.extensions[EXTENSION] = rt
    yield FormDesk(rt, Town(database), workshop.app)
    database.close()
