"""What people do in the town, decided by the names of things alone: the same after every crash."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.once import scoped
from forms_service.engine.operate.message import retry_message
from forms_service.engine.operate.retry import retry_steps
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.engine.submit import answer_task, start_with_button, start_with_form
from forms_service.errors import AlreadyAnswered
from forms_service.language.definitions import Field, FieldType, Form
from forms_service.storage.outbox import MessageRow
from forms_service.storage.register import RecordRow
from forms_service.storage.runs import RunRow, StepRow, SubmissionRow
from tests.faults.town import BEGINNING

DELAYS = (0.0, 0.0, 1.3, 5.7, 12.2)
"""Days that somebody lets a task lie."""

READER, LIBRARIAN = Actor("reader-1", "reader"), Actor("librarian-1", "librarian")


@dataclass(frozen=True, slots=True)
class Start:
    """A run that somebody starts some days after the beginning: with a form, or about a book with a button."""

    workflow: str
    nonce: str
    day: float = 0.0
    answers: tuple[tuple[str, object], ...] = ()
    book: str = ""

    @property
    def actor(self) -> Actor:
        return LIBRARIAN if self.book else READER

    @property
    def at(self) -> datetime:
        return BEGINNING + timedelta(days=self.day)


Scenario = tuple[Start, ...]


def borrow(nonce: str, workflow: str = "loan", title: str = "Sult", day: float = 0.0) -> Start:
    return Start(workflow, nonce, day, (("book", title), ("shelf", None), ("urgent", "no"), ("note", None)))


def mend(nonce: str, day: float = 0.0) -> Start:
    """A repair: lanes, lists, another run that is waited for, and a step that always fails."""
    return Start("repair", nonce, day, book=f"{nonce}-book")


def scenario(seed: str, *, loans: int = 1, errands: int = 1, repairs: int = 0, books: int = 0) -> Scenario:
    """Some loans, errands and repairs in the first days, and books that are looked at for a year and discarded."""
    dice = random.Random(seed)
    starts = [borrow(f"{seed}-l{n}", "loan", day=round(dice.uniform(0, 3), 2)) for n in range(loans)]
    starts += [borrow(f"{seed}-e{n}", "errand", day=round(dice.uniform(0, 3), 2)) for n in range(errands)]
    starts += [mend(f"{seed}-r{n}", day=round(dice.uniform(0, 3), 2)) for n in range(repairs)]
    for n in range(books):
        starts.append(Start("buy", f"{seed}-b{n}", book=f"{seed}-book{n}"))
        starts.append(Start("discard", f"{seed}-d{n}", 400.0, book=f"{seed}-book{n}"))
    return tuple(starts)


def start_what_is_due(rt: Runtime, plan: Scenario) -> int:
    """Press the buttons whose day has come, unless the press has been heard before."""
    with rt.database.reading() as session:
        heard = set(session.scalars(select(SubmissionRow.nonce)))
    due = [start for start in plan if start.at <= rt.clock.now() and scoped(start.nonce, start.actor) not in heard]
    for start in due:
        press_start(rt, start)
    return len(due)


def press_start(rt: Runtime, start: Start) -> str:
    """The run's id."""
    if not start.book:
        return start_with_form(rt, start.workflow, start.nonce, dict(start.answers), NO_SUBJECT, start.actor).run_id
    with rt.database.writing() as session:
        if session.get(RecordRow, start.book) is None:
            bought = {"bought": start.at.date().isoformat()}
            session.add(RecordRow(id=start.book, kind="book", number="1", content=bought, created_at=start.at))
    return start_with_button(rt, start.workflow, start.nonce, Subject("book", start.book), start.actor).run_id


def answer_what_is_due(rt: Runtime) -> int:
    """Answer the tasks that have lain long enough."""
    with rt.database.reading() as session:
        due = [(row, name) for row, name, when in open_tasks(session) if when <= rt.clock.now()]
    for row, name in due:
        form = rt.library.definitions.forms[row.form or ""]
        try:
            answer_task(rt, row.id, f"answer-{row.id}", filled(form, name), Actor(f"{row.role}-1", row.role or ""))
        except AlreadyAnswered:
            continue
    return len(due)


def open_tasks(session: Session) -> Iterator[tuple[StepRow, str, datetime]]:
    """Each open task with its name and the moment at which somebody will answer it."""
    names = Names(session)
    for row in session.scalars(select(StepRow).where(StepRow.status == "waiting", StepRow.verb == "ask")):
        name = names.of_step(row)
        delay = DELAYS[number_of(name) % len(DELAYS)]
        yield row, name, row.created_at + timedelta(days=delay)


def retry_what_stopped(rt: Runtime, problem: str = "worker_died") -> int:
    """An administrator tries again what stopped because its workers died, and letters that failed for hours."""
    with rt.database.reading() as session:
        stopped = select(StepRow.id).where(StepRow.status == "incident", StepRow.problem == problem)
        steps = list(session.scalars(stopped))
        letters = list(session.scalars(select(MessageRow.id).where(MessageRow.status == "failed")))
    for letter in letters:
        retry_message(rt, letter, LIBRARIAN)
    return len(letters) + (retry_steps(rt, steps, LIBRARIAN) if steps else 0)


@dataclass(slots=True)
class Names:
    """Names of runs and steps that are the same in every telling of a story, unlike their ids."""

    session: Session
    known: dict[str, str] = field(default_factory=dict)

    def of_run(self, run: RunRow) -> str:
        if run.id not in self.known:
            parent = self.session.get(StepRow, run.parent_step_id) if run.parent_step_id else None
            above = f"{self.of_step(parent)}>" if parent else ""
            self.known[run.id] = f"{above}{run.workflow}" if parent else run.start_key.removeprefix("form:reader-1:")
        return self.known[run.id]

    def of_step(self, row: StepRow) -> str:
        return f"{self.of_run(self.session.get_one(RunRow, row.run_id))}/{row.path}.{row.visit}"


def number_of(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:12], 16)


def filled(form: Form, name: str) -> dict[str, object]:
    """Valid answers to a form, always the same under the same name."""
    return {question.name: _answer(question, random.Random(f"{name}?{question.name}")) for question in form.fields()}


def _answer(question: Field, dice: random.Random) -> object:
    answers: dict[FieldType, Callable[[], object]] = {
        FieldType.CHOICE: lambda: dice.choice(list(question.choices)),
        FieldType.SCALE: lambda: dice.choice(list(question.choices)),
        FieldType.CHOICES: lambda: [key for key in question.choices if dice.random() < 0.6],
        FieldType.YES_NO: lambda: dice.choice(["yes", "no"]),
        FieldType.NUMBER: lambda: dice.randint(question.minimum or 0, question.maximum or 9),
        FieldType.DATE: lambda: str(BEGINNING.date() + timedelta(days=dice.randint(0, 60))),
    }
    return answers.get(question.type, lambda: f"words {dice.randint(0, 9)}")()
