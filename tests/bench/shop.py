"""The smallest service there is: its moves change nothing, its press prints nothing, its post goes nowhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from forms_service.clock import RealClock
from forms_service.documents.press import Stamp
from forms_service.engine.context import Context
from forms_service.engine.library import Library
from forms_service.engine.outcome import Done, Outcome
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor, Subject
from forms_service.engine.verbs import VERBS, Product, Verb
from forms_service.engine.verbs.verb import Posted
from forms_service.language.definitions import Document
from forms_service.language.files import read_files
from forms_service.messages.envelope import Envelope
from forms_service.settings import read_settings
from forms_service.storage.database import open_database
from forms_service.storage.migrate import prepare
from forms_service.worker.bell import RqBell, connect
from tests.integration.engine.loan import LIBRARY, LoanService

FOLDER = Path(__file__).parents[1] / "inputs" / "bench"
SECRET = "not-secret-at-all-but-long-enough-1234"


class Idler(LoanService):
    """A service whose moves change nothing."""

    def move(
        self, session: Session, name: str, subject: Subject, answers: Mapping[str, object], actor: Actor, now: datetime
    ) -> Subject:
        return subject


@dataclass(frozen=True, slots=True)
class BlankPress:
    """Prints nothing, at once; with a folder it hangs for ever over each number, but not when it is tried again."""

    folder: Path | None = None

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> bytes:
        if self.folder and not (self.folder / stamp.number).exists():
            (self.folder / stamp.number).touch()
            time.sleep(3600)
        return b""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Takes every message and keeps none."""

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        before_dot()


def open_shop(database_url: str, valkey_url: str, folder: Path | None = None) -> Runtime:
    """A runtime on a migrated database, with the bench's workflows published and a verb that does nothing."""
    VERBS["wait"] = Verb(_done, work=_nothing)
    database = open_database(database_url)
    library = Library(read_files(FOLDER / "workflows", FOLDER / "pdf_templates"), LIBRARY)
    settings = read_settings(FOLDER, {"FORMS_SECRET_KEY": SECRET})
    bell = RqBell(connect(valkey_url))
    rt = Runtime(settings, database, RealClock(), Idler(), library, bell, Nowhere(), BlankPress(folder))
    with database.writing() as session:
        library.publish(session, rt.clock.now())
    return rt


def migrate(database_url: str) -> None:
    database = open_database(database_url)
    prepare(database)
    database.close()


def _nothing(rt: Runtime, frozen: dict[str, Any]) -> Product:
    return None


def _done(ctx: Context, product: Product, posted: Posted) -> Outcome:
    return Done()
