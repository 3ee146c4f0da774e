"""A worker that is awake takes what is due by itself, in order, each step once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forms_service.engine.work import work_next
from forms_service.storage.runs import RunRow, StepRow
from tests.integration.engine.conftest import Desk

MINUTE = timedelta(minutes=1)


def due_at_once(desk: Desk, loans: int) -> list[str]:
    """That many loans, a minute after each other, whose papers are due; the ids of their runs, the oldest first."""
    runs = []
    for number in range(loans):
        desk.clock.move(MINUTE)
        runs.append(desk.borrow(f"n{number}").run_id)
    desk.bell.rings.clear()
    return runs


def made(desk: Desk) -> list[str]:
    """The runs whose paper is made."""
    return [row.run_id for row in desk.rows(StepRow) if row.verb == "make" and row.status == "done"]


def test_the_step_that_has_been_due_the_longest_comes_first(desk: Desk) -> None:
    oldest, *later = due_at_once(desk, 3)
    assert work_next(desk.rt, "w1")
    assert made(desk) == [oldest]
    assert work_next(desk.rt, "w1")
    assert set(made(desk)) == {oldest, later[0]}


def test_nothing_due_is_nothing_to_do(desk: Desk) -> None:
    assert work_next(desk.rt, "w1") is None
    due_at_once(desk, 1)
    assert work_next(desk.rt, "w1") is not None
    assert work_next(desk.rt, "w1") is None


@pytest.mark.parametrize("status", ["paused", "cancelled"])
def test_a_run_that_stands_still_is_passed_over(desk: Desk, status: str) -> None:
    still, going = due_at_once(desk, 2)
    with desk.rt.database.writing() as session:
        session.execute(update(RunRow).where(RunRow.id == still).values(status=status))
    while work_next(desk.rt, "w1") is not None:
        pass
    assert made(desk) == [going]


def test_of_workers_who_look_at_once_each_step_is_taken_by_one(desk: Desk) -> None:
    runs = due_at_once(desk, 12)

    def until_none_is_left(number: int) -> int:
        taken = 0
        while work_next(desk.rt, f"w{number}") is not None:
            taken += 1
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = sum(pool.map(until_none_is_left, range(4)))
    assert taken == len(runs)
    with desk.rt.database.reading() as session:
        attempts = session.scalars(select(StepRow.attempt).where(StepRow.verb == "make")).all()
    assert attempts == [1] * len(runs)
    assert sorted(made(desk)) == sorted(runs)
