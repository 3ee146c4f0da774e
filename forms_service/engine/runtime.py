"""The real things the engine works with, chosen in one place (see wiring) and passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forms_service.clock import Clock
from forms_service.documents.press import Stamp
from forms_service.engine.heart import Heart
from forms_service.engine.library import Library
from forms_service.engine.service import Service, Subject
from forms_service.language.definitions import Document
from forms_service.messages.transport import Transport
from forms_service.settings import Settings
from forms_service.storage.database import Database

LEASE = timedelta(minutes=1)
"""How long a step is a worker's without a sign of life from it; long work is held by heartbeats."""


class Bell(Protocol):
    """Tells workers that there is something to do. A ring may get lost; the poller rings again."""

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        """False when the ring surely did not get out."""
        ...

    def ring_message(self, message_id: str) -> bool: ...

    def room(self) -> int:
        """How many more rings make sense now; 0 when nobody can hear."""
        ...

    def answers(self) -> bool:
        """Whether rings get out at all at this moment."""
        ...

    def unheard(self) -> int | None:
        """How many rings wait for a worker; None when nobody can tell."""
        ...


class Counts(Protocol):
    """Counts what comes from somewhere within a span of time, for all processes together. Numbers may get lost."""

    def count(self, key: str, seconds: int) -> int:
        """One more; how many it were in this span. 0 when nobody can tell."""
        ...


class NoCounts:
    """Where nothing is counted."""

    def count(self, key: str, seconds: int) -> int:
        return 0


class Press(Protocol):
    """Makes PDFs."""

    def warm(self) -> None:
        """Load what is slow to load before the first document is asked for."""
        ...

    def render(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything a process needs to take part."""

    settings: Settings
    database: Database
    clock: Clock
    service: Service
    library: Library
    bell: Bell
    post: Transport
    press: Press
    lease: timedelta = LEASE
    heart: Heart = field(default_factory=Heart)
    counts: Counts = field(default_factory=NoCounts)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)

    def day(self, instant: datetime) -> date:
        """The day on which an instant falls where the service is."""
        return instant.astimezone(self.zone).date()

    def known(self, session: Session, subject: Subject, now: datetime) -> dict[str, object]:
        """What is known of a subject without any run: its facts, and today."""
        today = self.day(now)
        return {**self.service.facts(session, subject, today), "today": today}
