"""Runs that pause by themselves while a condition holds, and go on when it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.service import Subject
from forms_service.engine.submit import start_with_button
from forms_service.engine.work import work
from forms_service.storage.runs import CounterRow, RunRow
from tests.integration.engine.conftest import BOOK, START, Desk
from tests.integration.engine.loan import LIBRARIAN
from tests.integration.engine.operate.workshop import (
    ADMIN,
    BUTTON,
    answer,
    begin,
    event,
    events,
    publish,
    run_of,
    statuses,
    workflow,
)
from tests.integration.engine.test_races import Halt, halt_reading_facts, meet


def come_home(desk: Desk) -> None:
    answer(desk, "home")


def series(desk: Desk) -> RunRow:
    return next(run for run in desk.rows(RunRow) if run.workflow == "rounds" and run.round is None)


def rounds(desk: Desk) -> list[tuple[int | None, datetime]]:
    found = [run for run in desk.rows(RunRow) if run.workflow == "rounds" and run.round is not None]
    return sorted((run.round, run.started_at) for run in found)


def test_a_move_pauses_the_runs_whose_condition_it_makes_true_and_another_takes_them_on(desk: Desk) -> None:
    resting = begin(desk, "rest")
    begin(desk, "bind")
    assert run_of(desk, resting).status == "paused"
    assert run_of(desk, resting).paused_by_itself
    desk.pass_time(days=30)
    come_home(desk)
    assert run_of(desk, resting).status == "active"
    assert desk.step("rest/over").due_at == START + timedelta(days=40)
    assert event(desk, resting, "run_paused").detail == {"by_itself": True}
    assert events(desk, resting)[-1] == "run_resumed"


def test_runs_about_something_else_go_on(desk: Desk) -> None:
    other = start_with_button(desk.rt, "rest", "n1", Subject("book", "book-2"), LIBRARIAN).run_id
    desk.work_all()
    begin(desk, "bind")
    assert run_of(desk, other).status == "active"


def test_a_run_that_begins_while_its_condition_holds_is_paused_from_the_start(desk: Desk) -> None:
    begin(desk, "bind")
    resting = begin(desk, "rest")
    assert run_of(desk, resting).status == "paused"
    assert statuses(desk, resting) == {"rest": "paused"}
    desk.pass_time(days=5)
    come_home(desk)
    assert desk.step("rest/over").due_at == desk.clock.now() + timedelta(days=10)


def test_what_a_person_has_paused_only_a_person_takes_on(desk: Desk) -> None:
    resting = begin(desk, "rest")
    pause_run(desk.rt, resting, "Wait", ADMIN)
    begin(desk, "bind")
    come_home(desk)
    assert run_of(desk, resting).status == "paused"
    resume_run(desk.rt, resting, "Go on", ADMIN)
    assert run_of(desk, resting).status == "active"


def test_a_person_can_make_a_pause_her_own(desk: Desk) -> None:
    resting = begin(desk, "rest")
    begin(desk, "bind")
    pause_run(desk.rt, resting, "Longer", ADMIN)
    come_home(desk)
    assert run_of(desk, resting).status == "paused"


def test_the_rounds_of_a_series_stand_still_for_good(desk: Desk) -> None:
    """Every later round comes six weeks later too: they are counted from the anchor, and so is the pause."""
    desk.service.bought = date(2026, 1, 15)
    begin(desk, "begin_rounds")
    desk.clock.instant = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
    begin(desk, "bind")
    assert series(desk).status == "paused"
    desk.clock.instant = datetime(2026, 6, 12, 8, 0, tzinfo=UTC)
    desk.work_all()
    come_home(desk)
    assert series(desk).paused_seconds == timedelta(weeks=6).total_seconds()
    for moment in (datetime(2026, 8, 25, 21, 0, tzinfo=UTC), datetime(2026, 8, 25, 22, 0, tzinfo=UTC)):
        desk.clock.instant = moment
        desk.work_all()
    assert rounds(desk) == [(1, datetime(2026, 8, 25, 22, 0, tzinfo=UTC))]  # 15 July and six weeks, at midnight in Oslo
    answer(desk, "check")
    for moment in (datetime(2027, 2, 25, 22, 0, tzinfo=UTC), datetime(2027, 2, 25, 23, 0, tzinfo=UTC)):
        desk.clock.instant = moment
        desk.work_all()
    assert rounds(desk)[-1] == (2, datetime(2027, 2, 25, 23, 0, tzinfo=UTC))


def test_a_round_under_way_pauses_with_its_series(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    desk.pass_time(days=190)
    begin(desk, "bind")
    assert {run.status for run in desk.rows(RunRow) if run.workflow == "rounds"} == {"paused"}
    answer(desk, "check")
    assert [run.status for run in desk.rows(RunRow) if run.round == 1] == ["ended"]


SOON_BOUND = f"{BUTTON}\npause: {{while: today > case.discarded + 6 months}}"


@pytest.mark.parametrize(
    ("fact", "value"), [("at_binder", "in the cellar"), ("discarded", date(9999, 12, 31))], ids=["kind", "range"]
)
def test_a_condition_that_cannot_be_worked_out_leaves_its_run_as_it_is_and_stops_no_other(
    desk: Desk, fact: str, value: object
) -> None:
    count = "  - {id: sum, do: count}\n"
    files = workflow("wrap", "  - {id: nap, wait: 10 days}\n", SOON_BOUND)
    publish(desk, {**files, **workflow("tally", count), **workflow("recount", count)})
    resting, wrapped = begin(desk, "rest"), begin(desk, "wrap")
    setattr(desk.service, fact, value)
    counting = [begin(desk, key) for key in ("tally", "recount")]
    unclear = {"at_binder": resting, "discarded": wrapped}[fact]
    assert {run_of(desk, run_id).status for run_id in counting} == {"ended"}
    assert run_of(desk, unclear).status == "active"
    assert events(desk, unclear).count("condition_unclear") == 1
    assert str(event(desk, unclear, "condition_unclear").detail["problem"]).startswith("expression: ")


def test_a_run_whose_condition_cannot_be_worked_out_begins(desk: Desk) -> None:
    desk.service.at_binder = "in the cellar"  # type: ignore[assignment]
    resting = begin(desk, "rest")
    assert run_of(desk, resting).status == "active"
    assert "condition_unclear" in events(desk, resting)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_round_that_begins_while_its_subject_is_paused_is_paused_too(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    desk.clock.move(timedelta(days=190))
    halt = Halt("clock")
    halt_reading_facts(desk, halt)
    meet(
        halt,
        first=partial(work, desk.rt, desk.step("repeat").id, "one"),
        second=lambda: start_with_button(desk.rt, "bind", "n2", BOOK, LIBRARIAN),
    )
    desk.work_all()
    assert {run.status for run in desk.rows(RunRow) if run.workflow == "rounds"} == {"paused"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_run_that_is_started_while_a_pause_begins_is_paused_too(desk: Desk) -> None:
    """She has read that the book is here, and nobody sees her run yet: the move waits for her, and then sees it."""
    begin(desk, "bind_later")
    halt = Halt("starter")
    remember_in_the_database(desk, halt)
    meet(
        halt,
        first=lambda: start_with_button(desk.rt, "rest", "n3", BOOK, LIBRARIAN),
        second=lambda: desk.answer("ready", lent="yes"),
    )
    desk.work_all()
    assert {run.status for run in desk.rows(RunRow) if run.workflow == "rest"} == {"paused"}


def remember_in_the_database(desk: Desk, halt: Halt) -> None:
    """Whether the book is at the binder is seen by others when it is committed, as in a real domain."""
    service = desk.service

    class Remembering:
        def __getattr__(self, name: str) -> object:
            return getattr(service, name)

        def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
            sent = session.scalar(select(CounterRow.value).where(CounterRow.name == "moves:bind"))
            halt.here()
            return {"case": {"case_number": "L-1", "at_binder": bool(sent)}}

    object.__setattr__(desk.rt, "service", Remembering())
