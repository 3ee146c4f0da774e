"""A folder of another trade at work: what a test does with it, in one word each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forms_service.clock import FrozenClock
from forms_service.engine.library import Library
from forms_service.engine.once import Receipt
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.engine.submit import answer_task, start_with_form
from forms_service.language.definitions import Document
from forms_service.language.files import read_files
from forms_service.messages.envelope import Envelope
from forms_service.register.register import open_register
from forms_service.rehearsal.days import start_what_is_due
from forms_service.rehearsal.machine import live_until, next_due
from forms_service.rehearsal.stage import DeafBell
from forms_service.settings import read_settings
from forms_service.storage.database import Database
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.register import RecordRow
from forms_service.storage.runs import RunRow, StepRow

INPUTS = Path(__file__).parents[2] / "inputs"
OSLO = ZoneInfo("Europe/Oslo")
NINE = time(9)


@dataclass(slots=True)
class KeptPost:
    """Messages as they were handed over, with their links."""

    sent: list[Envelope] = field(default_factory=list)

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        before_dot()
        self.sent.append(envelope)


@dataclass(slots=True)
class KeptPress:
    """What documents were printed from, in the order of printing."""

    printed: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: object) -> bytes:
        self.printed.append((document.key, data))
        return b"%PDF"


@dataclass(slots=True)
class Trade:
    """One folder, one database, one clock. People are called what they are; "ada" is somebody of no role."""

    rt: Runtime
    clock: FrozenClock
    post: KeptPost
    press: KeptPress
    done: int = 0

    def start(self, workflow: str, role: str, about: Subject = NO_SUBJECT, /, **answers: object) -> Receipt:
        receipt = start_with_form(self.rt, workflow, self._nonce(), answers, about, Actor(role, role))
        self.live()
        return receipt

    def answer(self, path: str, role: str = "", /, **answers: object) -> None:
        """Whoever signs in as the role; without one, somebody with a one-time link."""
        actor = Actor(role, role) if role else Actor(via="link")
        answer_task(self.rt, self.task(path).id, self._nonce(), answers, actor)
        self.live()

    def live(self) -> None:
        """What workers and pollers do now."""
        start_what_is_due(self.rt)
        live_until(self.rt, self.clock, self.clock.now())

    def pass_to(self, day: str, at: time = NINE) -> None:
        """Time passes, with everything that falls due in it; what starts on a day by itself starts in its morning."""
        moment = datetime.combine(date.fromisoformat(day), at, OSLO)
        while (due := next_due(self.rt)) and due[1] <= moment:
            live_until(self.rt, self.clock, due[1])
            start_what_is_due(self.rt)
        live_until(self.rt, self.clock, moment)
        self.live()

    def tasks(self) -> list[tuple[str, str]]:
        """What waits for people: path and role."""
        return [(row.path, row.role or "") for row in self._tasks()]

    def task(self, path: str) -> StepRow:
        (found,) = [row for row in self._tasks() if row.path == path]
        return found

    def due(self, path: str) -> str:
        late = self.task(path).late_at
        return f"{late.astimezone(OSLO):%Y-%m-%d %H:%M}" if late else ""

    def mail(self) -> list[tuple[str, str]]:
        """To whom something has been sent since the last look, and its subject."""
        sent = [(envelope.recipient, envelope.subject) for envelope in self.post.sent]
        self.post.sent.clear()
        return sent

    def records(self) -> list[dict[str, Any]]:
        with self.rt.database.reading() as session:
            rows = session.scalars(select(RecordRow).order_by(RecordRow.created_at, RecordRow.number))
            return [{"number": row.number, **row.content} for row in rows]

    def subject(self, kind: str, number: int = 0) -> Subject:
        with self.rt.database.reading() as session:
            return self.rt.service.subjects(session, kind)[number]

    def runs(self, workflow: str) -> list[tuple[str, str, int | None]]:
        """Status, outcome and round of every run, the oldest first, a series before its rounds."""
        with self.rt.database.reading() as session:
            found = session.scalars(select(RunRow).where(RunRow.workflow == workflow))
            in_order = sorted(found, key=lambda run: (run.started_at, -1 if run.round is None else run.round))
            return [(run.status, run.outcome, run.round) for run in in_order]

    def documents(self) -> list[tuple[str, str]]:
        with self.rt.database.reading() as session:
            return [(row.name, row.number) for row in session.scalars(select(DocumentRow).order_by(DocumentRow.number))]

    def inbox(self, person_id: str) -> list[str]:
        """Names of the documents that were put there."""
        delivered = select(DocumentRow.name).join(DeliveryRow, DeliveryRow.document_id == DocumentRow.id)
        with self.rt.database.reading() as session:
            return list(session.scalars(delivered.where(DeliveryRow.person_id == person_id)))

    def trouble(self) -> list[str]:
        """Incidents, and messages that did not go out."""
        with self.rt.database.reading() as session:
            incidents = session.scalars(select(StepRow.problem).where(StepRow.status == "incident"))
            unsent = session.scalars(select(MessageRow.status).where(MessageRow.status.not_in(("sent", "cancelled"))))
            return [*incidents, *unsent]

    def go_away(self, person_id: str, first: str, last: str) -> None:
        with self.rt.database.writing() as session:
            person = session.get_one(PersonRow, person_id)
            person.away_from, person.away_until = date.fromisoformat(first), date.fromisoformat(last)

    def _tasks(self) -> list[StepRow]:
        waiting = select(StepRow).where(StepRow.verb == "ask", StepRow.status == "waiting")
        with self.rt.database.reading() as session:
            return list(session.scalars(waiting.order_by(StepRow.created_at, StepRow.path)))

    def _nonce(self) -> str:
        self.done += 1
        return f"nonce-{self.done}"


def open_trade(name: str, database: Database, instance: Path, began: str) -> Trade:
    """A folder of tests/inputs with one person for each role, at nine o'clock of a day."""
    folder = INPUTS / name
    files = read_files(folder / "workflows", folder / "pdf_templates")
    service = open_register(files, OSLO)
    clock = FrozenClock(datetime.combine(date.fromisoformat(began), NINE, OSLO))
    post, press, library = KeptPost(), KeptPress(), Library(files, service.vocabulary)
    settings = read_settings(instance, {"FORMS_SECRET_KEY": "not-secret-at-all-but-long-enough-1234"})
    rt = Runtime(settings, database, clock, service, library, DeafBell(), post, press)
    with database.writing() as session:
        library.publish(session, clock.now())
        for role in (*sorted(service.vocabulary.roles), "ada"):
            session.add(PersonRow(id=role, name=role, role=role, email=f"{role}@house.example", active=True))
    return Trade(rt, clock, post, press)
