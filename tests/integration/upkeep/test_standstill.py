"""What stands still is counted, up to where counting helps, by indexes alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from forms_service.clock import FrozenClock
from forms_service.engine.runtime import Runtime
from forms_service.storage.accounts import AccountLinkRow, AccountRow
from forms_service.storage.base import new_id
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from forms_service.upkeep import up_to
from forms_service.upkeep.crew import Crew, crew_of
from forms_service.upkeep.editions import editions
from forms_service.upkeep.matters import CODES, GRAVE, Matter, matters_in
from forms_service.upkeep.standstill import Standstill, standstill
from tests.integration.upkeep.conftest import Runs


def found(rt: Runtime) -> Standstill:
    with rt.database.reading() as session:
        return standstill(session, rt.clock.now())


def codes(rt: Runtime, **health: bool) -> dict[str, int]:
    everything_well = {"has_room": True, "rings": True, **health}
    matters = matters_in(found(rt), Crew(()), now=rt.clock.now(), **everything_well)
    return {matter.code: matter.count for matter in matters}


def message(rt: Runtime, **values: Any) -> None:
    with rt.database.writing() as session:
        now, name = rt.clock.now(), new_id()
        common = {"key": name, "message": "m", "role": "peer", "address": "a@post.example", "subject": "", "body": ""}
        session.add(MessageRow(**common, message_id=name, due_at=now, created_at=now, **values))


def letter(rt: Runtime, status: str, **link: Any) -> None:
    """A link to a new password, and its message."""
    now, name = rt.clock.now(), new_id()
    with rt.database.writing() as session:
        session.add(PersonRow(id=name, name="X", role="peer", email=f"{name}@post.example", active=True))
        session.flush()
        session.add(AccountRow(person_id=name, address=name, created_at=now))
        session.flush()
        until = {"expires_at": now + timedelta(days=1), **link}
        session.add(AccountLinkRow(id=name, person_id=name, purpose="invitation", created_at=now, **until))
    message(rt, person_id=name, account_link_id=name, status=status)


def test_each_state_of_a_step_is_counted_by_itself(runtime: Runtime, runs: Runs, clock: FrozenClock) -> None:
    now = clock.now()
    runs.add(status="ready", due_at=now - timedelta(hours=2))
    runs.add(status="ready", due_at=now)
    runs.add(status="ready", due_at=now + timedelta(days=1))
    runs.add(status="running")
    runs.add(status="waiting", verb="ask")
    runs.add(status="waiting", verb="together")
    runs.add(status="incident", problem="render_failed: x")
    runs.add(status="done")
    counted = found(runtime)
    assert (counted.due, counted.running, counted.asleep, counted.waiting, counted.stopped) == (2, 1, 1, 1, 1)
    assert counted.oldest_due == now - timedelta(hours=2)
    assert codes(runtime).keys() == {"no_poller", "no_worker", "queue_late", "stopped"}


def test_a_message_that_nobody_knows_about_is_told_apart_from_one_that_did_not_arrive(
    runtime: Runtime, runs: Runs
) -> None:
    with runtime.database.reading() as session:
        run_id = session.get_one(StepRow, runs.add()).run_id
    for status in ("unknown", "failed", "withheld", "sent", "created"):
        message(runtime, run_id=run_id, status=status)
    counted = found(runtime)
    assert (counted.uncertain, counted.unsent) == (1, 2)


def test_a_link_to_a_password_that_never_left_is_told_of_for_as_long_as_it_opens_something(
    runtime: Runtime, clock: FrozenClock
) -> None:
    letter(runtime, "failed")
    letter(runtime, "unknown")
    letter(runtime, "sent")
    letter(runtime, "failed", used_at=clock.now())
    letter(runtime, "failed", revoked_at=clock.now())
    assert (found(runtime).letters, found(runtime).unsent) == (2, 0)
    clock.move(timedelta(days=2))
    assert found(runtime).letters == 0


def test_counting_ends_a_little_past_a_thousand(runtime: Runtime, runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up_to, "MOST", 3)
    for _ in range(6):
        runs.add(status="incident")
    assert found(runtime).stopped == 4


def test_a_thousand_is_told_as_many() -> None:
    assert Matter("stopped", 1001).what == "over 1000 steg har stoppet."
    assert Matter("stopped", 1).what == "Ett steg har stoppet."


@pytest.mark.parametrize("code", CODES)
def test_every_matter_says_what_it_is_and_what_to_do(code: str) -> None:
    assert Matter(code, 1).what
    assert "2" in Matter(code, 2).what or Matter(code, 2).what == Matter(code, 1).what
    assert Matter(code).advice


def test_what_is_grave_is_known() -> None:
    assert set(CODES) >= GRAVE


def test_a_full_disk_and_a_silent_doorbell_are_told_of(runtime: Runtime) -> None:
    assert codes(runtime, has_room=False, rings=False).keys() == {
        "no_poller", "no_worker", "little_room", "doorbell_away",
    }  # fmt: skip


def test_a_version_is_shown_while_it_is_the_newest_or_a_run_stands_on_it(runtime: Runtime, runs: Runs) -> None:
    runs.add()
    runs.add()
    with runtime.database.reading() as session:
        shown = editions(session)
        assert len(shown) == len(runtime.library.current().workflows)
        assert {each.workflow: each.runs for each in shown if each.runs} == {"intake": 2}
        assert all(each.is_newest for each in shown)


Question = Callable[[Session, Runtime], object]
QUESTIONS: dict[str, Question] = {
    "standstill": lambda session, rt: standstill(session, rt.clock.now()),
    "crew": lambda session, rt: crew_of(session, rt.clock.now()),
    "editions": lambda session, rt: editions(session),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_all_steps_runs_or_messages(runtime: Runtime, name: str) -> None:
    asked: list[tuple[str, Any]] = []

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        asked.append((statement, parameters))

    event.listen(runtime.database.engine, "before_cursor_execute", keep)
    with runtime.database.reading() as session:
        QUESTIONS[name](session, runtime)
    event.remove(runtime.database.engine, "before_cursor_execute", keep)
    with runtime.database.engine.connect() as connection:
        plans = [
            str(line[-1])
            for statement, parameters in asked
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    whole = [
        plan for plan in plans if plan.startswith(("SCAN step", "SCAN run", "SCAN message")) and "INDEX" not in plan
    ]
    assert whole == [], plans
    assert asked


def test_a_thousand_sleeping_steps_are_counted_as_over_a_thousand(
    runtime: Runtime, runs: Runs, clock: FrozenClock
) -> None:
    step_id = runs.add(status="ready", due_at=clock.now() + timedelta(days=1))
    with runtime.database.writing() as session:
        first = session.get_one(StepRow, step_id)
        common = {name: getattr(first, name) for name in ("run_id", "path", "verb", "status", "due_at", "created_at")}
        session.execute(insert(StepRow), [{"id": new_id(), **common, "visit": 2 + n} for n in range(1100)])
    assert found(runtime).asleep == up_to.MOST + 1
