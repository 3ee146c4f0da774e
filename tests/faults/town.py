"""A small town's library as a service that keeps nothing in memory: any number of processes may be it."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from forms_service.documents.press import Press as RealPress
from forms_service.documents.press import Stamp
from forms_service.engine.library import Library
from forms_service.engine.runtime import LEASE, Bell, Press, Runtime
from forms_service.engine.service import Actor, Subject
from forms_service.language.definitions import Document
from forms_service.language.files import Files, read_files
from forms_service.messages.envelope import Envelope
from forms_service.messages.smtp import SmtpTransport
from forms_service.messages.transport import Transport
from forms_service.settings import Settings, read_settings
from forms_service.storage.base import Base
from forms_service.storage.counters import next_number
from forms_service.storage.database import open_database
from forms_service.storage.people import PersonRow
from forms_service.storage.register import RecordRow
from tests.integration.engine.loan import FOLDER, LIBRARY, LoanService

INPUTS = Path(__file__).parents[1] / "inputs"
BEGINNING = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
"""When every story in the town begins, whatever the machine's clock says."""

KEPT = {"definition", "person", "alembic_version"}
"""Tables that stay as they are between two rounds."""


@dataclass(frozen=True, slots=True)
class TownClock:
    """One clock for all processes: a file with its instant, when that was, and how fast it goes (0: it stands)."""

    file: Path

    def now(self) -> datetime:
        instant, since, speed = self.file.read_text(encoding="ascii").split()
        return datetime.fromisoformat(instant) + timedelta(seconds=(time.time() - float(since)) * float(speed))

    def set(self, instant: datetime, speed: float = 0.0) -> None:
        beside = self.file.with_suffix(".new")
        beside.write_text(f"{instant.isoformat()} {time.time()} {speed}", encoding="ascii")
        beside.replace(self.file)

    def move_to(self, instant: datetime) -> None:
        """Keeps its speed."""
        self.set(instant, float(self.file.read_text(encoding="ascii").split()[2]))


@dataclass(frozen=True, slots=True)
class Site:
    """All that a process must know to take part in the town; small enough to be sent to it."""

    database: str
    folder: Path
    smtp: str = ""
    valkey: str = ""
    slow: float = 0.0
    """Seconds that the press takes for a document."""
    stutters: bool = False
    """Whether the doorbell rings more often than it was pressed."""
    prints: bool = False
    """Whether a real press makes real PDFs, of the other tests' documents."""
    standstill: str = ""
    """How long PostgreSQL lets one of the process's transactions stand still; its usual time when empty."""
    lease: float = LEASE.total_seconds()
    """Seconds."""
    files: Files = field(default_factory=dict)
    """Other definitions than the town's own."""

    @property
    def clock(self) -> TownClock:
        return TownClock(self.folder / "clock")


@dataclass(slots=True)
class Town(LoanService):
    """What is true of a book stands in the database."""

    def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
        book = session.get(RecordRow, subject.id) if subject.id else None
        content = book.content if book else {}
        return {"case": {"case_number": "L-1", **{name: _day(content.get(name)) for name in ("bought", "discarded")}}}

    def move(
        self, session: Session, name: str, subject: Subject, answers: Mapping[str, object], actor: Actor, now: datetime
    ) -> Subject:
        next_number(session, f"moves:{name}")
        book = session.get(RecordRow, subject.id) if subject.id else None
        if name == "discard" and book is not None:
            book.content = {**book.content, "discarded": now.date().isoformat()}
        return subject


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


@dataclass(frozen=True, slots=True)
class TownPress:
    """Quick, the same bytes for the same input, and as breakable as the book's title says."""

    site: Site

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> bytes:
        time.sleep(self.site.slow)
        title = str(data.get("book", ""))
        if title.startswith("Poison"):
            os.kill(os.getpid(), signal.SIGKILL)
        if document.key == "fragile" and not title:
            raise OSError("it always breaks")
        if title.startswith("Jam") and self._is_first(stamp.number):
            raise OSError("the paper is stuck")
        if title.startswith("Thick"):
            return os.urandom(1_000_000)
        return f"{document.key} {sorted(data.items())} {stamp}".encode()

    def _is_first(self, number: str) -> bool:
        try:
            (self.site.folder / f"jam-{number}").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@dataclass(slots=True)
class Drawer:
    """A post that keeps what it gets."""

    sent: list[str] = field(default_factory=list)

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        before_dot()
        self.sent.append(envelope.message_id)


@dataclass(slots=True)
class ListBell:
    """Rings are written on a list; whoever has the list hears them when it wants to."""

    rings: list[tuple[str, str, int]] = field(default_factory=list)

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        self.rings.append(("step", step_id, dispatch_no))
        return True

    def ring_message(self, message_id: str) -> bool:
        self.rings.append(("message", message_id, 0))
        return True

    def room(self) -> int:
        return 100

    def answers(self) -> bool:
        return True

    def unheard(self) -> int | None:
        return len(self.rings)


@cache
def town_files() -> Files:
    """The library of the other tests, and what this town has beside it."""
    ours = INPUTS / "town"
    return {
        **read_files(FOLDER / "workflows", FOLDER / "pdf_templates"),
        **read_files(ours / "workflows", ours / "pdf_templates"),
    }


@cache
def _town_library() -> Library:
    return Library(town_files(), LIBRARY)


def library_of(site: Site) -> Library:
    """Checked once for each process, or once for all that are forked from it."""
    return Library(site.files, LIBRARY) if site.files else replace(_town_library())


def open_town(site: Site, bell: Bell | None = None, post: Transport | None = None) -> Runtime:
    """The town as one process sees it; call it after a fork."""
    letters = post or (SmtpTransport(site.smtp) if site.smtp else Drawer())
    settings = read_settings(site.folder, {"FORMS_SECRET_KEY": "not-secret-at-all-but-long-enough-1234"})
    database = open_database(site.database)
    if site.standstill:
        event.listen(database.engine, "connect", partial(_stand_still_for, site.standstill))
    rt = Runtime(
        settings, database, site.clock, Town(), library_of(site), bell or ListBell(), letters,
        press_of(site, settings), lease=timedelta(seconds=site.lease),
    )  # fmt: skip
    with rt.database.writing() as session:
        rt.library.publish(session, rt.clock.now())
    return rt


def _stand_still_for(time_allowed: str, connection: Any, record: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = '{time_allowed}'")
    connection.commit()


def press_of(site: Site, settings: Settings) -> Press:
    return RealPress(site.folder / "pdf_templates", settings.service) if site.prints else TownPress(site)


def lay_out_templates(folder: Path) -> None:
    """For a real press: the documents of the other tests, with the letterhead and the fonts that are shipped."""
    shutil.copytree(FOLDER / "pdf_templates", folder / "pdf_templates")
    shutil.copytree(INPUTS.parents[1] / "pdf_templates" / "_shared", folder / "pdf_templates" / "_shared")


def settle_people(rt: Runtime) -> None:
    with rt.database.writing() as session:
        for role in ("reader", "librarian", "head"):
            session.merge(PersonRow(id=f"{role}-1", name=role, role=role, email=f"{role}@example.org", active=True))


def begin_again(rt: Runtime) -> None:
    """An empty town at the beginning of its time; its people and its published workflows stay."""
    with rt.database.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in KEPT:
                session.execute(delete(table))
    assert isinstance(rt.clock, TownClock)
    for jam in rt.clock.file.parent.glob("jam-*"):
        jam.unlink()
    rt.clock.set(BEGINNING)
