"""Two transactions that meet on PostgreSQL, where readers see the past: neither undoes what the other decided."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from forms_service.engine.service import Subject
from forms_service.engine.submit import start_with_button
from forms_service.engine.work import work
from forms_service.storage.runs import RunRow
from tests.integration.engine.conftest import BOOK, Desk
from tests.integration.engine.loan import LIBRARIAN

Act = Callable[[], object]
OPEN = {"waiting", "ready", "running", "incident"}

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@dataclass(slots=True)
class Halt:
    """Stops one thread after it has read the facts, until it is let go."""

    thread: str
    arrived: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def here(self) -> None:
        if threading.current_thread().name == self.thread and not self.arrived.is_set():
            self.arrived.set()
            self.go.wait(5)


def halt_reading_facts(desk: Desk, halt: Halt) -> None:
    original = type(desk.service).facts

    class Halting:
        def __getattr__(self, name: str) -> object:
            return getattr(desk.service, name)

        def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
            found = original(desk.service, session, subject, today)
            halt.here()
            return found

    object.__setattr__(desk.rt, "service", Halting())


def bought(desk: Desk) -> None:
    start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="yes")
    desk.work_all()


def discard(desk: Desk) -> Act:
    """An answer that will end the time of the book's rounds."""
    start_with_button(desk.rt, "discard", "d1", BOOK, LIBRARIAN)
    return lambda: desk.answer("confirm", nonce="gone", lent="yes")


def meet(halt: Halt, first: Act, second: Act) -> None:
    """The first act is stopped in the middle of its transaction, the second comes, then both go on."""
    one = threading.Thread(name=halt.thread, target=first)
    two = threading.Thread(name="two", target=second)
    one.start()
    assert halt.arrived.wait(5)
    two.start()
    two.join(0.5)
    halt.go.set()
    one.join(10)
    two.join(10)
    assert not one.is_alive()
    assert not two.is_alive()


def test_a_round_that_begins_while_its_time_ends_is_stopped_too(desk: Desk) -> None:
    bought(desk)
    gone = discard(desk)
    desk.clock.move(timedelta(days=190))
    halt = Halt("clock")
    halt_reading_facts(desk, halt)
    meet(halt, first=partial(work, desk.rt, desk.step("repeat").id, "one"), second=gone)
    desk.work_all()
    about_book = [run for run in desk.rows(RunRow) if run.workflow == "checkup"]
    assert {run.status for run in about_book} <= {"cancelled", "ended"}
    assert [row.path for row in desk.steps() if row.status in OPEN] == []


def test_a_round_that_finishes_a_step_while_its_time_ends_goes_no_further(desk: Desk) -> None:
    bought(desk)
    desk.pass_time(days=190)
    gone = discard(desk)
    halt = Halt("round")
    halt_reading_facts(desk, halt)
    meet(halt, first=lambda: desk.answer("look", lent="yes"), second=gone)
    desk.work_all()
    assert [row.path for row in desk.steps() if row.status in OPEN] == []
    assert {run.status for run in desk.rows(RunRow)} <= {"cancelled", "ended"}
