"""A demo and a real service never share a database, whichever part starts on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from forms_service.commands.poller import poller
from forms_service.commands.up.prepare import prepare_database
from forms_service.commands.web import web
from forms_service.commands.whose_people import insist_on_its_own_people
from forms_service.commands.worker import worker
from forms_service.demo.is_demo import Holds
from forms_service.errors import SettingsError
from forms_service.settings import Settings, read_settings
from forms_service.storage.database import open_database
from forms_service.storage.people import PersonRow


def settings_for(folder: Path, database_url: str, *addresses: str, demo: bool) -> Settings:
    database = open_database(database_url)
    with database.writing() as session:
        session.add_all(
            PersonRow(name="Solveig", role="coordinator", email=address, active=True) for address in addresses
        )
    database.close()
    read = read_settings(folder / "instance", {"FORMS_DEMO": "yes" if demo else "no"})
    return replace(read, database_url=database_url, redis_url="redis://127.0.0.1:1/0", port=0)


@pytest.mark.parametrize("start", [web, worker, poller, prepare_database])
@pytest.mark.parametrize(
    ("demo", "address", "words"),
    [(False, "solveig@tjenesten.example", "holds a demo"), (True, "solveig@kommune.no", "holds real people")],
)
def test_no_part_starts_on_the_others_database(
    tmp_path: Path, sqlite_url: str, start: Callable[[Settings], object], demo: bool, address: str, words: str
) -> None:
    settings = settings_for(tmp_path, sqlite_url, address, demo=demo)
    with pytest.raises(SettingsError, match=words):
        start(settings)


@pytest.mark.parametrize(
    ("demo", "addresses", "found"),
    [
        (False, (), Holds.NOTHING),
        (True, (), Holds.NOTHING),
        (True, ("a@b.example",), Holds.A_DEMO),
        (False, ("a@b.no", "b@b.example"), Holds.REAL_PEOPLE),
    ],
)
def test_each_starts_on_its_own(
    tmp_path: Path, sqlite_url: str, demo: bool, addresses: tuple[str, ...], found: Holds
) -> None:
    settings = settings_for(tmp_path, sqlite_url, *addresses, demo=demo)
    database = open_database(sqlite_url)
    assert insist_on_its_own_people(settings, database) is found
    database.close()
