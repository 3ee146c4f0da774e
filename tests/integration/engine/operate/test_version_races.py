"""A run that is moved to another version at the very moment at which something happens in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forms_service.engine.operate.hand_over import hand_over
from forms_service.engine.versions import Move, move_runs
from forms_service.engine.work import work
from tests.integration.engine.conftest import Desk
from tests.integration.engine.operate.test_pause_races import ROUNDS, at_once, to_the_end
from tests.integration.engine.operate.workshop import ADMIN, CARE, answer, begin, events, publish, workflow

LONGER = workflow("care", CARE.replace("10 days", "11 days"))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_move_and_an_answer(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    publish(desk, LONGER)
    moved: list[Move] = []
    at_once(
        lambda: moved.extend(move_runs(desk.rt, [run_id], None, "Longer", ADMIN)),
        lambda: desk.answer("look", lent="yes"),
    )
    assert [move.refused for move in moved] == [""]
    desk.work_all()
    kinds = events(desk, run_id)
    waits = 11 if kinds.index("moved") < kinds.index("answered") else 10
    assert desk.step("rest/over").due_at == desk.clock.now() + timedelta(days=waits)
    to_the_end(desk, run_id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_move_and_a_worker(desk: Desk, number: int) -> None:
    """Either the worker has the step, and the move is refused, or the worker does what the new version says."""
    run_id = begin(desk)
    answer(desk, "look")
    publish(desk, workflow("care", CARE.replace("{id: slip, make: card, title: Slip}", "{id: slip, make: card}")))
    desk.clock.move(timedelta(days=11))
    timer, moved = desk.step("rest/over").id, list[Move]()
    at_once(
        lambda: moved.extend(move_runs(desk.rt, [run_id], None, "Shorter", ADMIN)),
        lambda: work(desk.rt, timer, "one"),
    )
    refused = moved[0].refused
    assert refused == "" or refused.startswith("at_work: ")
    assert ("moved" in events(desk, run_id)) is (refused == "")
    to_the_end(desk, run_id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_task_that_is_handed_over_while_it_is_answered_is_answered_once(desk: Desk, number: int) -> None:
    run_id = begin(desk)
    task = desk.step("look").id
    at_once(
        lambda: hand_over(desk.rt, task, "head-1", "head", "She knows", ADMIN),
        lambda: desk.answer("look", lent="yes"),
    )
    desk.work_all()
    assert len([row for row in desk.steps() if row.path == "rest"]) == 1
    to_the_end(desk, run_id)
