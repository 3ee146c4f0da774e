"""Wait for the first answer, then say where the service is and whom one can be."""

from __future__ import annotations

import http.client
import sys
import time
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from sqlalchemy import select

from forms_service.settings import Settings
from forms_service.settings.read import local_address
from forms_service.storage.database import open_database
from forms_service.storage.people import PersonRow
from forms_service.supervision.crew import Crew

LOOK_EVERY = 0.05
WARN_AFTER = 30.0


def wait_until_ready(settings: Settings, crew: Crew, stop: Event) -> bool:
    """True as soon as the pages answer, False when told to stop. MachineNotReady when a part cannot even start."""
    began, warned = time.monotonic(), False
    while not stop.wait(LOOK_EVERY):
        if _answers(settings):
            return True
        crew.insist_on_life()
        if not warned and time.monotonic() - began > WARN_AFTER:
            warned = True
            print("The pages do not answer yet. forms-service doctor tells what may be missing.", flush=True)
    return False


def _answers(settings: Settings) -> bool:
    """Asks this machine, whatever address people use."""
    parts = urlsplit(local_address(settings.host, settings.port))
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(settings: Settings) -> None:
    print(f"\n  Ready: {settings.base_url}\n", flush=True)
    if settings.demo:
        print("  Sign in as any of the demo's invented people, without a password:", flush=True)
        for line in _people(settings):
            print(f"    {line}", flush=True)
        print(f'\n  To see what six months bring: {_command()} demo --rush "6 months"', flush=True)
    print("  Ctrl-C stops everything.\n", flush=True)


def _command() -> str:
    """How this program is called from where most people stand."""
    beside = Path(sys.executable).with_name("forms-service")
    return str(beside.relative_to(Path.cwd())) if beside.is_relative_to(Path.cwd()) else "forms-service"


def _people(settings: Settings) -> list[str]:
    """One line a role: its word and the names."""
    database = open_database(settings.database_url)
    with database.reading() as session:
        people = session.execute(select(PersonRow.role, PersonRow.name).order_by(PersonRow.role, PersonRow.name)).all()
    database.close()
    names: dict[str, list[str]] = {}
    for role, name in people:
        names.setdefault(role.replace("_", " "), []).append(name)
    return [f"{role:16} {', '.join(those)}" for role, those in names.items()]
