"""What a rehearsal is played on: a database in memory, a clock that is moved, and things that keep instead of send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from forms_service.clock import FrozenClock
from forms_service.documents.press import Stamp
from forms_service.engine.library import Library
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Service
from forms_service.language.definitions import Document
from forms_service.language.files import Files
from forms_service.messages.envelope import Envelope
from forms_service.settings import ServiceIdentity, Settings
from forms_service.storage.database import Database, open_database
from forms_service.storage.tables import Base

IN_MEMORY = "sqlite://"
UNSIGNED = "no link of a rehearsal ever leads anywhere"
NOWHERE = Path("rehearsal")
"""Stands for folders; nothing is read from there or written to it."""


class DeafBell:
    """Nobody has to be told: the rehearsal looks for itself."""

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return True

    def ring_message(self, message_id: str) -> bool:
        return True

    def room(self) -> int:
        return 1

    def answers(self) -> bool:
        return True

    def unheard(self) -> int | None:
        return 0


@dataclass(slots=True)
class KeptPost:
    """Messages that would have been sent."""

    kept: list[Envelope] = field(default_factory=list)

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        before_dot()
        self.kept.append(envelope)


class BlankPress:
    """Documents are made of nothing; what they may use has been checked when the step was taken."""

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> bytes:
        return b""


def open_stage(files: Files, service: Service, clock: FrozenClock, zone: ZoneInfo) -> tuple[Runtime, KeptPost]:
    """A runtime whose database is to be closed in the end, and the post that keeps what it would send.

    InvalidDefinitions when the files have problems.
    """
    library = Library(files, service.vocabulary)
    post = KeptPost()
    rt = Runtime(_settings(zone), _database(), clock, service, library, DeafBell(), post, BlankPress())
    with rt.database.writing() as session:
        library.publish(session, clock.now())
    return rt, post


def _database() -> Database:
    """One connection for the one thread that plays, so that it stays the same database."""
    database = open_database(IN_MEMORY)
    Base.metadata.create_all(database.engine)
    return database


def _settings(zone: ZoneInfo) -> Settings:
    return Settings(
        database_url=IN_MEMORY,
        redis_url="",
        smtp_url="",
        workflows=NOWHERE,
        pdf_templates=NOWHERE,
        instance=NOWHERE,
        host="",
        port=0,
        base_url="https://rehearsal.example",
        secret_key=UNSIGNED,
        demo=False,
        mail_from="service@invented.example",
        service=ServiceIdentity(name="", organisation="", address="", phone="", email="", place=""),
        timezone=zone.key,
    )
