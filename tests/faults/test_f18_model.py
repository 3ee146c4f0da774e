"""F18: a model of loans on paper beside the engine; whatever people, clocks and crashes do, both say the same."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import FrameType

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from forms_service.engine.crash import choose_crash_points
from forms_service.engine.once import scoped
from forms_service.engine.operate.cancel import cancel
from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.submit import answer_task
from forms_service.errors import AlreadyAnswered, AlreadyDone
from forms_service.storage.runs import RunRow, StepRow
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import LIBRARIAN, READER, borrow, press_start
from tests.faults.town import ListBell, open_town

EXAMPLES = 300
LOANS = 3
PERIOD = 21.0
"""Days of a loan."""

ON_THE_WAY = ("claiming", "claimed", "worked", "finishing", "finished", "submitting", "submitted", "answered", "rung",
              "done_on_the_way", "message_claimed", "message_ending", "step_over", "dispatch_marked")  # fmt: skip


class Killed(BaseException):
    """Stands for the end of a process: nothing but the database remembers anything."""


@dataclass(slots=True)
class Loan:
    """What a librarian would write on a card."""

    at: str = "handed"
    left: float = PERIOD
    paused: bool = False
    after_the_pause: str = ""
    """Where an answer leads that was given while the loan stood still."""

    @property
    def is_open(self) -> bool:
        return self.at in {"handed", "period", "returned", "answered"}

    def answer(self, lent: str) -> None:
        follows = {"handed": "period" if lent == "yes" else "not lent", "returned": "returned!"}[self.at]
        self.at, self.after_the_pause = ("answered", follows) if self.paused else (follows, "")

    def pause_or_resume(self) -> None:
        self.paused = not self.paused
        if self.at == "answered":
            self.at = self.after_the_pause

    def pass_time(self, days: float) -> None:
        if self.at == "period" and not self.paused:
            self.left -= days
            self.at = "period" if self.left > 0 else "returned"


class Library(RuleBasedStateMachine):
    """Loans on cards and in the engine."""

    home: Home

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, Loan] = {}
        self.home.begin_again()
        self.rt = self.home.rt
        signal.signal(signal.SIGUSR1, _die)

    def _do(self, act: Callable[[], object]) -> None:
        """Somebody does something; when the process dies meanwhile, she does it again in a new one."""
        try:
            act()
        except Killed:
            self._start_anew()
            act()
        self._machines()

    def _machines(self) -> None:
        solo = self.home.solo(())
        solo.rt = self.rt
        try:
            while solo.machines():
                pass
        except Killed:
            self._start_anew()
            self._machines()

    def _start_anew(self) -> None:
        """A new process, some minutes later: the rings are lost, and the leases of the dead one are over."""
        choose_crash_points()
        self.rt.database.close()
        self.rt = open_town(self.home.site)
        self.home.clock.move_to(self.home.clock.now() + timedelta(minutes=4))

    def _run_id(self, nonce: str) -> str:
        with self.rt.database.reading() as session:
            return session.scalars(select(RunRow.id).where(RunRow.start_key == f"form:{scoped(nonce, READER)}")).one()

    def _task(self, nonce: str) -> str:
        with self.rt.database.reading() as session:
            task = select(StepRow.id).where(StepRow.run_id == self._run_id(nonce), StepRow.path == self.cards[nonce].at)
            return session.scalars(task).one()

    @rule(number=st.integers(0, LOANS - 1), again=st.booleans())
    def borrow(self, number: int, again: bool) -> None:
        start = borrow(f"f18-{number}")
        self._do(lambda: press_start(self.rt, start))
        if again:
            self._do(lambda: press_start(self.rt, start))
        self.cards.setdefault(start.nonce, Loan())

    @precondition(lambda self: any(card.at in {"handed", "returned"} for card in self.cards.values()))
    @rule(data=st.data(), lent=st.sampled_from(["yes", "yes", "no"]))
    def answer(self, data: st.DataObject, lent: str) -> None:
        nonce = data.draw(st.sampled_from([n for n, card in self.cards.items() if card.at in {"handed", "returned"}]))
        task = self._task(nonce)
        filled = {"lent": lent} if self.cards[nonce].at == "handed" else {"liked": None}
        self._do(lambda: answer_task(self.rt, task, f"answer-{task}", filled, LIBRARIAN))
        self.cards[nonce].answer(lent)
        with pytest.raises(AlreadyAnswered):
            answer_task(self.rt, task, "somebody else", filled, READER)

    @rule(days=st.sampled_from([0.3, 4.6, 11.7, 25.2]))
    def pass_time(self, days: float) -> None:
        self.home.clock.move_to(self.home.clock.now() + timedelta(days=days))
        self._machines()
        for card in self.cards.values():
            card.pass_time(days)

    @precondition(lambda self: any(card.is_open for card in self.cards.values()))
    @rule(data=st.data())
    def pause_or_resume(self, data: st.DataObject) -> None:
        nonce = data.draw(st.sampled_from([n for n, card in self.cards.items() if card.is_open]))
        act = resume_run if self.cards[nonce].paused else pause_run
        self._do(lambda: self._by_hand(act, nonce))
        self.cards[nonce].pause_or_resume()

    @precondition(lambda self: any(card.is_open for card in self.cards.values()))
    @rule(data=st.data())
    def stop(self, data: st.DataObject) -> None:
        nonce = data.draw(st.sampled_from([n for n, card in self.cards.items() if card.is_open]))
        self._do(lambda: self._by_hand(cancel, nonce))
        self.cards[nonce].at = "cancelled"

    def _by_hand(self, act: Callable[..., None], nonce: str) -> None:
        try:
            act(self.rt, self._run_id(nonce), "the model wants it", LIBRARIAN)
        except AlreadyDone:  # it was done, and the process died before it could say so
            return

    @rule(point=st.sampled_from(ON_THE_WAY), passes=st.integers(0, 2))
    def crash_soon(self, point: str, passes: int) -> None:
        choose_crash_points(point, passes=passes, by=signal.SIGUSR1)

    @rule()
    def hear_everything_twice(self) -> None:
        """Every step and letter there is is rung for once more."""
        bell = self.rt.bell
        assert isinstance(bell, ListBell)
        with self.rt.database.reading() as session:
            bell.rings += [("step", step_id, 0) for step_id in session.scalars(select(StepRow.id))]
        self._machines()

    @rule()
    def restart(self) -> None:
        self._start_anew()
        self._machines()

    @invariant()
    def cards_and_engine_agree(self) -> None:
        with self.rt.database.reading() as session:
            for nonce, card in self.cards.items():
                run = session.get_one(RunRow, self._run_id(nonce))
                tasks = select(StepRow.path).where(StepRow.run_id == run.id, StepRow.status == "waiting")
                found = (run.status, run.outcome, list(session.scalars(tasks)))
                assert found == _expected(card), f"{nonce}: {card}"

    def teardown(self) -> None:
        choose_crash_points()
        self.home.rt = self.rt
        self.home.account(kills=0, at_rest=False)


def _expected(card: Loan) -> tuple[str, str, list[str]]:
    """Status, outcome and open tasks of the run behind a card."""
    match card.at:
        case "not lent":
            return "ended", "not lent", []
        case "returned!":
            return "ended", "returned", []
        case "cancelled":
            return "cancelled", "stopped", []
        case "period" | "answered":
            return ("paused" if card.paused else "active"), "", []
        case task:
            return ("paused" if card.paused else "active"), "", [task]


def _die(number: int, frame: FrameType | None) -> None:
    raise Killed


def test_the_engine_does_what_the_cards_say(home: Home, times: Times, seed: str) -> None:
    class Here(Library):
        pass

    Here.home = home
    few = settings(
        max_examples=times(EXAMPLES, minimum=5),
        stateful_step_count=25,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # shrinking takes minutes; the steps are printed anyway
    )
    hypothesis.seed(random.Random(seed).randrange(2**32))(Here)
    run_state_machine_as_test(Here, settings=few)
