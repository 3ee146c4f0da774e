"""A pause that comes at the same moment as something else: whoever is second sees what the first did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest

from forms_service.engine.operate.cancel import cancel
from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.operate.retry import retry_steps
from forms_service.engine.operate.skip import skip_step
from forms_service.engine.work import work
from forms_service.errors import AlreadyAnswered, StepAtWork
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import EventRow, StepRow, SubmissionRow
from tests.integration.engine.conftest import Desk
from tests.integration.engine.operate.workshop import ADMIN, answer, begin, events, run_of, statuses

Act = Callable[[], object]
ROUNDS = 6


def at_once(*acts: Act) -> list[type[Exception]]:
    """Let all of them go at the same moment; what they were refused with."""
    start, refused = threading.Barrier(len(acts)), list[type[Exception]]()

    def run(act: Act) -> None:
        start.wait(10)
        try:
            act()
        except (AlreadyAnswered, StepAtWork) as error:
            refused.append(type(error))

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return refused


def pausing(desk: Desk, run_id: str) -> Act:
    return lambda: pause_run(desk.rt, run_id, "Wait", ADMIN)


def resuming(desk: Desk, run_id: str) -> Act:
    return lambda: resume_run(desk.rt, run_id, "Go on", ADMIN)


def nothing_is_open_beside_the_pause(desk: Desk, run_id: str) -> None:
    run, found = run_of(desk, run_id), set(statuses(desk, run_id).values())
    assert not (run.status == "paused" and "ready" in found)
    assert not (run.status != "paused" and "paused" in found)
    events(desk, run_id)  # numbered without gaps


def to_the_end(desk: Desk, run_id: str) -> None:
    """Whatever became of the race, the run comes to its end, with each thing done once."""
    with suppress(AlreadyAnswered):
        resume_run(desk.rt, run_id, "Go on", ADMIN)
    desk.work_all()
    desk.pass_time(days=12)
    answer(desk, "back")
    assert run_of(desk, run_id).status == "ended"
    ours = {row.id for row in desk.steps() if row.run_id == run_id}
    assert len([row for row in desk.rows(DocumentRow) if row.run_id == run_id]) == 1
    assert len([row for row in desk.rows(SubmissionRow) if row.step_id in ours]) == 2
    assert [kind for kind in events(desk, run_id) if kind == "run_ended"] == ["run_ended"]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_pause_and_an_answer(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    at_once(pausing(desk, run_id), lambda: desk.answer("look", lent="yes"))
    assert run_of(desk, run_id).status == "paused"
    nothing_is_open_beside_the_pause(desk, run_id)
    to_the_end(desk, run_id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_pause_and_a_timer_that_rings(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    desk.clock.move(timedelta(days=11))
    timer = desk.step("rest/over").id
    at_once(pausing(desk, run_id), *[lambda: work(desk.rt, timer, "one")] * 2)
    assert run_of(desk, run_id).status == "paused"
    nothing_is_open_beside_the_pause(desk, run_id)
    to_the_end(desk, run_id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_many_pauses_and_many_resumes(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    at_once(*[pausing(desk, run_id)] * 3, *[resuming(desk, run_id)] * 3)
    kinds = [kind for kind in events(desk, run_id) if kind in {"run_paused", "run_resumed"}]
    assert all(first != second for first, second in pairwise(kinds))
    assert run_of(desk, run_id).status == ("paused" if len(kinds) % 2 else "active")
    nothing_is_open_beside_the_pause(desk, run_id)
    to_the_end(desk, run_id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_resume_and_an_answer_and_a_poller(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    pause_run(desk.rt, run_id, "Wait", ADMIN)
    at_once(resuming(desk, run_id), lambda: desk.answer("look", lent="yes"), desk.work_all)
    assert run_of(desk, run_id).status == "active"
    nothing_is_open_beside_the_pause(desk, run_id)
    to_the_end(desk, run_id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_pause_and_a_cancel_and_an_answer(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    at_once(
        pausing(desk, run_id),
        lambda: cancel(desk.rt, run_id, "Gone", ADMIN),
        lambda: desk.answer("look", lent="yes"),
    )
    assert run_of(desk, run_id).status == "cancelled"
    assert set(statuses(desk, run_id).values()) <= {"done", "cancelled"}
    desk.pass_time(days=30)
    assert desk.post.sent == []


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_who_skip_one_who_answers_and_one_who_pauses(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    task = desk.step("look").id
    skip: Act = lambda: skip_step(desk.rt, task, "Not needed", ADMIN)  # noqa: E731
    refused = at_once(skip, skip, lambda: desk.answer("look", lent="yes"), pausing(desk, run_id))
    assert len(refused) == 2
    assert len([row for row in desk.steps() if row.path == "rest"]) == 1
    nothing_is_open_beside_the_pause(desk, run_id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_who_try_an_incident_again_and_one_who_skips_it(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    del desk.service.addresses["reader"]
    desk.pass_time(days=11)
    told = desk.step("told").id
    desk.service.addresses["reader"] = "reader@example.org"
    counted: list[int] = []
    retry: Act = lambda: counted.append(retry_steps(desk.rt, [told], ADMIN))  # noqa: E731
    at_once(retry, retry, lambda: skip_step(desk.rt, told, "By phone", ADMIN))
    desk.work_all()
    assert sum(counted) <= 1
    assert len([row for row in desk.rows(StepRow) if row.path == "back" and row.run_id == run_id]) == 1
    assert len([row for row in desk.rows(EventRow) if row.kind == "retried"]) == sum(counted)
