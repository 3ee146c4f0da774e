"""Make the database ready, and fill an empty demo."""

from __future__ import annotations

import subprocess

from forms_service.commands.whose_people import insist_on_its_own_people
from forms_service.demo.is_demo import Holds
from forms_service.errors import MachineNotReady
from forms_service.settings import Settings
from forms_service.settings.environment import with_more
from forms_service.storage.database import open_database
from forms_service.storage.migrate import prepare
from forms_service.supervision.child import Part


def prepare_database(settings: Settings) -> bool:
    """True when this is a demo that nobody has filled yet."""
    database = open_database(settings.database_url)
    if prepare(database):
        print("The database is ready.", flush=True)
    empty = insist_on_its_own_people(settings, database) is Holds.NOTHING and settings.demo
    database.close()
    return empty


def fill_demo(part: Part) -> None:
    """In a process of its own, so that what it needs is given back. Raises MachineNotReady."""
    print("Filling the demo with invented people; this happens once and takes some seconds …", flush=True)
    done = subprocess.run(part.command, env=with_more(part.environment), check=False)
    if done.returncode:
        raise MachineNotReady("The demo could not be filled; what went wrong stands above.")
