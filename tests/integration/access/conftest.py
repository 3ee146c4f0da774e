"""One town, one application and one database for all tests here: none of them may leave a trace in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from forms_service.casework.peer_support import PeerSupport
from forms_service.clock import FrozenClock
from forms_service.engine.library import Library
from forms_service.engine.runtime import Runtime
from forms_service.language.files import read_files
from forms_service.messages.folder import FolderTransport
from forms_service.settings import read_settings
from forms_service.storage.database import open_database
from tests.integration.access.town_of_two_offices import World, build
from tests.integration.casework.town import NOW, Town
from tests.integration.desk.visitor import NearBell, PaperPress

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def world(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = open_town(_sqlite_template, tmp_path_factory.mktemp("two_offices"))
    yield world
    world.rt.database.close()


def open_town(template: Path, folder: Path) -> World:
    url = f"sqlite:///{shutil.copy(template, folder / 'forms.db')}"
    settings = replace(read_settings(folder / "instance", {"FORMS_DEMO": "yes"}), database_url=url)
    town, bell, service, clock = Town(open_database(url)), NearBell(), PeerSupport(), FrozenClock(NOW)
    library = Library(read_files(ROOT / "workflows", ROOT / "pdf_templates"), service.vocabulary)
    with town.database.writing() as db:
        library.publish(db, clock.now())
    post = FolderTransport(settings.mailbox)
    rt = Runtime(settings, town.database, clock, service, library, bell, post, PaperPress())
    return build(rt, town, clock, bell)
