"""A town of its own for those who mean harm, with the real pages, tokens and all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms_service.app import create_app
from tests.integration.access.attacks.siege import Ear, Siege
from tests.integration.access.conftest import open_town
from tests.integration.desk.visitor import Visitor


@pytest.fixture(scope="session")
def siege(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    world = open_town(_sqlite_template, tmp_path_factory.mktemp("besieged"))
    app, ear = create_app(world.rt), Ear()
    visitors = {who: Visitor(app.test_client()) for who in world.viewers}
    for who, visitor in visitors.items():
        assert visitor.post("/inn", person=who).status_code == 302
    yield Siege(world, app, visitors, ear)
    world.rt.database.close()


@pytest.fixture(autouse=True)
def _ear_is_open(siege: Siege) -> Iterator[None]:
    """For the length of one test: tests elsewhere in the process must not hear what this one does not ask for."""
    log = logging.getLogger("forms_service.refused")
    log.addHandler(siege.ear)
    log.setLevel(logging.INFO)
    yield
    log.removeHandler(siege.ear)
    log.setLevel(logging.NOTSET)
