"""A library with a database of its own, a bell that can be deaf, and a worker that works when told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from forms_service.clock import FrozenClock
from forms_service.engine.deliver import deliver
from forms_service.engine.dispatch import dispatch
from forms_service.engine.library import Library
from forms_service.engine.once import Receipt
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.engine.submit import answer_task, start_with_form
from forms_service.engine.sweep import sweep
from forms_service.engine.work import work
from forms_service.language.definitions import Document
from forms_service.language.files import read_files
from forms_service.messages.envelope import Envelope
from forms_service.settings import Settings
from forms_service.storage.base import Base
from forms_service.storage.database import Database
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from tests.integration.engine.loan import FOLDER, LIBRARIAN, LIBRARY, READER, LoanService

START = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


Row = TypeVar("Row", bound=Base)


@dataclass(slots=True)
class PaperBell:
    """Rings are written on a list, and nobody hears them until the test does."""

    rings: list[tuple[str, str]] = field(default_factory=list)
    deaf: bool = False

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return self._ring("step", step_id)

    def ring_message(self, message_id: str) -> bool:
        return self._ring("message", message_id)

    def room(self) -> int:
        return 0 if self.deaf else 100

    def answers(self) -> bool:
        return not self.deaf

    def unheard(self) -> int | None:
        return None if self.deaf else len(self.rings)

    def _ring(self, kind: str, row_id: str) -> bool:
        if not self.deaf:
            self.rings.append((kind, row_id))
        return not self.deaf


@dataclass(slots=True)
class PaperPost:
    """Keeps what was sent; ``trouble`` is raised before or after the dot."""

    sent: list[Envelope] = field(default_factory=list)
    trouble_before: Exception | None = None
    trouble_after: Exception | None = None

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        if self.trouble_before:
            raise self.trouble_before
        before_dot()
        if self.trouble_after:
            raise self.trouble_after
        self.sent.append(envelope)


@dataclass(slots=True)
class PaperPress:
    """Prints its input, so that a test can compare bytes."""

    printed: int = 0
    trouble: Exception | None = None

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: object) -> bytes:
        self.printed += 1
        if self.trouble:
            raise self.trouble
        return f"{document.key} {sorted(data.items())} {stamp}".encode()


@dataclass(slots=True)
class Desk:
    """The library at work: what a test does with it, in one word each."""

    rt: Runtime
    service: LoanService
    clock: FrozenClock
    bell: PaperBell
    post: PaperPost
    press: PaperPress

    def borrow(self, nonce: str = "n1", actor: Actor = READER, **answers: object) -> Receipt:
        filled = {"book": "Sult", "shelf": None, "note": "MARK-INTERNAL", **answers}
        return start_with_form(self.rt, "loan", nonce, filled, NO_SUBJECT, actor)

    def answer(self, path: str, actor: Actor = LIBRARIAN, nonce: str = "", **answers: object) -> Receipt:
        return answer_task(self.rt, self.step(path).id, nonce or f"answer-{path}", answers, actor)

    def work_all(self) -> None:
        """What workers and pollers do until nothing is due."""
        while self._round():
            pass

    def _round(self) -> bool:
        sweep(self.rt, lambda worker: False)
        dispatch(self.rt)
        rings, self.bell.rings = self.bell.rings, []
        for kind, row_id in rings:
            messages = work(self.rt, row_id, identity()) if kind == "step" else (row_id,)
            for message_id in messages:
                deliver(self.rt, message_id, identity())
        return bool(rings)

    def pass_time(self, **amount: float) -> None:
        self.clock.move(timedelta(**amount))
        self.work_all()

    def steps(self, *columns: object) -> list[StepRow]:
        with self.rt.database.reading() as session:
            return list(session.scalars(select(StepRow).order_by(StepRow.created_at, StepRow.visit)))

    def step(self, path: str) -> StepRow:
        return [row for row in self.steps() if row.path == path][-1]

    def rows(self, table: type[Row]) -> list[Row]:
        with self.rt.database.reading() as session:
            return list(session.scalars(select(table)))


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return open_desk(database, tmp_path)


def open_desk(database: Database, folder: Path, more: Mapping[str, str] | None = None) -> Desk:
    """``more`` are files beside those of the loan folder, by name."""
    service, clock, bell, post, press = LoanService(), FrozenClock(START), PaperBell(), PaperPost(), PaperPress()
    files = {**read_files(FOLDER / "workflows", FOLDER / "pdf_templates"), **(more or {})}
    library = Library(files, LIBRARY)
    rt = Runtime(settings_for(folder), database, clock, service, library, bell, post, press)
    with database.writing() as session:
        library.publish(session, clock.now())
        for role in ("reader", "librarian", "head"):
            session.merge(PersonRow(id=f"{role}-1", name=role, role=role, email=f"{role}@example.org", active=True))
    return Desk(rt, service, clock, bell, post, press)


def settings_for(folder: Path) -> Settings:
    from forms_service.settings import read_settings  # noqa: PLC0415

    return read_settings(folder, {"FORMS_SECRET_KEY": "not-secret-at-all-but-long-enough-1234"})


BOOK = Subject("book", "book-1")
