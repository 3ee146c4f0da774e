"""F14: answering, timers, pausing, resuming and cancelling at the same moment. Each happens wholly, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from forms_service.engine.once import Receipt
from forms_service.engine.operate.cancel import cancel
from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.process import identity
from forms_service.engine.service import Actor
from forms_service.engine.submit import answer_task
from forms_service.engine.work import work
from forms_service.errors import AlreadyAnswered, AlreadyDone
from forms_service.storage.runs import RunRow, StepRow
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import LIBRARIAN, borrow, start_what_is_due

RACES = 5000
A_TIME = 20
"""Races in one town."""

Act = Callable[[], object]


def race(*acts: Act) -> list[object]:
    """What came of acts that began at the same moment; only the errors that tell of another winner are results."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act: Act) -> None:
        gate.wait()
        try:
            results.append(act())
        except (AlreadyAnswered, AlreadyDone) as error:
            results.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == len(acts), "somebody met another error, or nobody came back"
    return results


def acts_on(home: Home, run_id: str, task: str, alarms: list[str]) -> list[Act]:
    """Everything that may happen to a task that is late."""
    people = (Actor("librarian-1", "librarian"), Actor("head-1", "head"))
    answers = [partial(answer_task, home.rt, task, f"race-{task}", {"lent": "yes"}, who) for who in people]
    timers = [partial(work, home.rt, alarm, identity()) for alarm in alarms]
    by_hand = [partial(act, home.rt, run_id, "a race", LIBRARIAN) for act in (pause_run, resume_run, cancel)]
    return [*answers, *timers, *by_hand]


def late_tasks(home: Home, plan: tuple) -> list[tuple[str, str, list[str]]]:
    """Runs with a task whose reminder and alarm are due: run, task, alarms."""
    start_what_is_due(home.rt, plan)
    while home.solo(()).machines():
        pass
    home.clock.move_to(home.clock.now() + timedelta(days=3))
    with home.database.reading() as session:
        tasks = list(session.scalars(select(StepRow).where(StepRow.path == "handed", StepRow.status == "waiting")))
        alarms = select(StepRow.id).where(StepRow.path.startswith("handed/"))
        return [(t.run_id, t.id, list(session.scalars(alarms.where(StepRow.run_id == t.run_id)))) for t in tasks]


def resume_all(home: Home) -> None:
    with home.database.reading() as session:
        paused = list(session.scalars(select(RunRow.id).where(RunRow.status == "paused")))
    for run_id in paused:
        resume_run(home.rt, run_id, "the race is over", LIBRARIAN)


def test_of_those_who_come_at_once_each_wins_or_loses_wholly(home: Home, times: Times) -> None:
    races = times(RACES, minimum=20)
    for batch in range(0, races, A_TIME):
        home.begin_again()
        plan = tuple(borrow(f"f14-{batch}-{n}") for n in range(min(A_TIME, races - batch)))
        for run_id, task, alarms in late_tasks(home, plan):
            acts = home.dice.sample(acts_on(home, run_id, task, alarms), home.dice.randrange(2, 5))
            results = race(*acts)
            assert sum(isinstance(result, Receipt) for result in results) <= 1
        resume_all(home)
        home.solo(()).play()
        home.account(plan, expected=None)
