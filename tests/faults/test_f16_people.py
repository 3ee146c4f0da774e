"""F16: people press twice, go back and press again, and two of them answer the same task."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlalchemy import select

from forms_service.engine.service import Actor
from forms_service.engine.submit import answer_task
from forms_service.errors import AlreadyAnswered, DifferentAnswers
from forms_service.storage.runs import StepRow
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import borrow, press_start, start_what_is_due

ROUNDS = 1000


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What became of acts that began at the same moment: their results, and the errors that they met."""
    gate, results = threading.Barrier(len(acts)), []

    def do(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(act())
        except Exception as error:  # noqa: BLE001 - an error is a result here
            results.append(error)

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_a_button_that_is_pressed_three_times_starts_one_run(home: Home, times: Times) -> None:
    home.begin_again()
    plan = tuple(borrow(f"f16-{number}", "errand") for number in range(times(ROUNDS, minimum=4)))
    for start in plan:
        started = at_once(*[partial(press_start, home.rt, start)] * 3)
        assert len(set(map(str, started))) == 1
    home.solo(plan).play()
    home.account(plan, expected=None)


def test_going_back_and_pressing_with_other_answers_is_refused_in_words(home: Home, times: Times) -> None:
    home.begin_again()
    plan = tuple(borrow(f"f16-{number}", "errand") for number in range(times(ROUNDS, minimum=2)))
    for start in plan:
        other = replace(start, answers=(("book", "Another"), *start.answers[1:]))
        met = at_once(partial(press_start, home.rt, start), partial(press_start, home.rt, other))
        assert Counter(map(type, met)) == {str: 1, DifferentAnswers: 1}
    home.solo(()).play(until=home.clock.now())
    home.account(plan, expected=None)


def test_of_two_people_at_one_task_one_is_told_that_it_is_done(home: Home, times: Times) -> None:
    home.begin_again()
    plan = tuple(borrow(f"f16-{number}") for number in range(times(ROUNDS, minimum=4)))
    start_what_is_due(home.rt, plan)
    while home.solo(()).machines():
        pass
    with home.database.reading() as session:
        tasks = list(session.scalars(select(StepRow.id).where(StepRow.status == "waiting", StepRow.path == "handed")))
    assert len(tasks) == len(plan)
    people = [Actor("librarian-1", "librarian"), Actor("head-1", "head")]
    for task in tasks:
        met = at_once(*[partial(answer_task, home.rt, task, f"at-{task}", {"lent": "no"}, who) for who in people])
        assert sorted(type(each).__name__ for each in met) == [AlreadyAnswered.__name__, "Receipt"]
    home.solo(()).play(until=home.clock.now())
    home.account(plan, expected=None)
