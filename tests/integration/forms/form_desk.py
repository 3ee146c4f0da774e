"""The shipped service behind Flask's test client: people who sign in, and a worker that works when told."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forms_service.casework.peer_support import PeerSupport
from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.clock import FrozenClock
from forms_service.engine.deliver import deliver
from forms_service.engine.dispatch import dispatch
from forms_service.engine.library import Library
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.engine.sweep import sweep
from forms_service.engine.work import work
from forms_service.language.definitions import Document
from forms_service.language.files import read_files
from forms_service.messages.folder import FolderTransport
from forms_service.settings import Settings
from forms_service.storage.database import Database
from forms_service.storage.runs import StepRow
from tests.integration.casework.town import Town

ROOT = Path(__file__).parents[3]
REQUEST = {
    "office": "nord",
    "participant_name": "Ánne Liv Strand",
    "participant_gender": "woman",
    "birth_year": "1986",
    "participant_phone": "41234567",
    "participant_email": "liv@example.org",
    "phase": "after_treatment",
    "own_wish": "yes",
    "relatively_drug_free": "yes",
    "lacks_network": "unsure",
    "wishes": "Noen å gå turer i marka med.",
}


@dataclass(slots=True)
class QuietBell:
    """Keeps the rings until the test lets the worker work."""

    rings: list[tuple[str, str]] = field(default_factory=list)

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        self.rings.append(("step", step_id))
        return True

    def ring_message(self, message_id: str) -> bool:
        self.rings.append(("message", message_id))
        return True

    def room(self) -> int:
        return 100

    def answers(self) -> bool:
        return True

    def unheard(self) -> int | None:
        return len(self.rings)


@dataclass(slots=True)
class QuickPress:
    """Stands in for WeasyPrint where the page is what is tested."""

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: object) -> bytes:
        return b"%PDF-1.7 " + document.key.encode()


@dataclass(slots=True)
class Browser:
    """One person's browser. ``page`` is the last answer as text."""

    client: FlaskClient
    answer: TestResponse | None = None

    @property
    def page(self) -> str:
        assert self.answer is not None
        return html.unescape(self.answer.get_data(as_text=True))

    @property
    def source(self) -> str:
        assert self.answer is not None
        return self.answer.get_data(as_text=True)

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status_code

    @property
    def path(self) -> str:
        assert self.answer is not None
        return self.answer.request.path

    def get(self, address: str) -> Browser:
        self.answer = self.client.get(address, follow_redirects=True)
        return self

    def post(self, address: str, values: Mapping[str, Any], *, follow: bool = True) -> Browser:
        self.answer = self.client.post(address, data=values, follow_redirects=follow)
        return self

    def hidden(self, *, but: tuple[str, ...] = ("person",)) -> dict[str, str]:
        """What a browser would send along from the page's form, besides what is typed."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.source)
        return {name: html.unescape(value) for name, value in found if name not in but}

    def send(self, address: str, values: Mapping[str, Any] | None = None, **more: Any) -> Browser:
        """Open the form and send it."""
        self.get(address)
        assert self.status == 200, self.page
        return self.post(address, {**self.hidden(), **self.all_shown(), **(values or {}), **more})

    def all_shown(self) -> dict[str, str]:
        """As if every question had been shown: what the script does while somebody answers."""
        names = re.findall(r'data-question="([^"]+)"', self.source)
        return {"_seen": " ".join(names)}


@dataclass(slots=True)
class FormDesk:
    """The service with its town of invented people."""

    rt: Runtime
    town: Town
    app: Flask

    @property
    def clock(self) -> FrozenClock:
        assert isinstance(self.rt.clock, FrozenClock)
        return self.rt.clock

    @property
    def bell(self) -> QuietBell:
        assert isinstance(self.rt.bell, QuietBell)
        return self.rt.bell

    def browser(self, person: str = "") -> Browser:
        browser = Browser(self.app.test_client())
        if person:
            browser.get("/inn")
            browser.post("/inn", {**browser.hidden(), "person": person})
            assert browser.status == 200, browser.page
        return browser

    def work_all(self) -> None:
        """What workers and pollers do until nothing is due."""
        while self._round():
            pass

    def pass_time(self, **amount: float) -> None:
        self.clock.move(timedelta(**amount))
        self.work_all()

    def task(self, path: str) -> StepRow:
        with self.rt.database.reading() as session:
            found = select(StepRow).where(StepRow.path == path, StepRow.verb == "ask")
            return session.scalars(found.order_by(StepRow.created_at.desc())).first() or self._no_task(path)

    def count(self, table: type[Any], *conditions: Any) -> int:
        with self.rt.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    def rows(self, table: type[Any], *conditions: Any) -> list[Any]:
        with self.rt.database.reading() as session:
            return list(session.scalars(select(table).where(*conditions)))

    def active_match(self) -> Subject:
        return self.town.active()

    def _round(self) -> bool:
        sweep(self.rt, lambda worker: False)
        dispatch(self.rt)
        rings, self.bell.rings = self.bell.rings, []
        for kind, row_id in rings:
            for message_id in work(self.rt, row_id, identity()) if kind == "step" else (row_id,):
                deliver(self.rt, message_id, identity())
        return bool(rings)

    def _no_task(self, path: str) -> StepRow:
        raise AssertionError(f"no task at {path}")


def read_library(settings: Settings) -> Library:
    """The shipped workflows; reading them takes long enough to do it once for many tests."""
    return Library(read_files(settings.workflows, settings.pdf_templates), PEER_SUPPORT)


def runtime_for(database: Database, settings: Settings, library: Library) -> Runtime:
    post = FolderTransport(settings.instance / "mailbox")
    return Runtime(settings, database, FrozenClock(), PeerSupport(), library, QuietBell(), post, QuickPress())
