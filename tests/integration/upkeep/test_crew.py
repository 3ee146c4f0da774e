"""Who is at work, since when, and who has gone without a word."""

from __future__ import annotations

from datetime import timedelta

from forms_service.clock import FrozenClock
from forms_service.engine.heartbeat import Kind, beat, leave
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.storage.runs import WorkerRow
from forms_service.upkeep.crew import Crew, crew_of
from forms_service.worker.pulse import Pulse
from tests.integration.upkeep.conftest import Runs

ELSEWHERE = "another-machine:1:1"


def crew(rt: Runtime) -> Crew:
    with rt.database.reading() as session:
        return crew_of(session, rt.clock.now())


def test_a_worker_that_has_just_shown_life_is_told_as_alive(runtime: Runtime) -> None:
    beat(runtime, ELSEWHERE)
    (hand,) = crew(runtime).hands
    assert (hand.machine, hand.lives, hand.verb, hand.since) == ("another-machine", True, "", None)
    assert (crew(runtime).alive(Kind.WORKER), crew(runtime).alive(Kind.POLLER)) == (1, 0)


def test_one_that_went_without_a_word_is_missed_for_a_day(runtime: Runtime, clock: FrozenClock) -> None:
    beat(runtime, ELSEWHERE)
    clock.move(timedelta(minutes=2))
    assert (crew(runtime).alive(Kind.WORKER), crew(runtime).missed) == (0, 1)
    clock.move(timedelta(days=1))
    assert crew(runtime).hands == ()


def test_one_that_said_goodbye_is_not_missed(runtime: Runtime) -> None:
    beat(runtime, ELSEWHERE)
    leave(runtime, ELSEWHERE)
    assert crew(runtime).hands == ()


def test_one_that_comes_back_under_its_name_is_here_again(runtime: Runtime) -> None:
    leave(runtime, ELSEWHERE)
    beat(runtime, ELSEWHERE)
    leave(runtime, ELSEWHERE)
    beat(runtime, ELSEWHERE)
    assert crew(runtime).alive(Kind.WORKER) == 1


def test_a_process_of_this_machine_that_was_killed_is_missed_at_once(runtime: Runtime) -> None:
    host = identity().partition(":")[0]
    beat(runtime, f"{host}:999999999:1")
    assert crew(runtime).missed == 1


def test_what_a_worker_is_at_is_told_by_verb_and_workflow(runtime: Runtime, runs: Runs, clock: FrozenClock) -> None:
    step_id = runs.add(status="running", claimed_by=ELSEWHERE, token="t")
    beat(runtime, ELSEWHERE)
    (hand,) = crew(runtime).hands
    assert (hand.workflow, bool(hand.verb), hand.since) == ("intake", True, None)
    with runtime.heart.holding("t", step_id, clock.now()):
        began = clock.now()
        clock.move(timedelta(seconds=40))
        beat(runtime, ELSEWHERE)
    assert crew(runtime).hands[0].since == began


def test_since_when_is_not_told_of_a_step_before(runtime: Runtime, runs: Runs, clock: FrozenClock) -> None:
    with runtime.heart.holding("t", "a step before", clock.now()):
        beat(runtime, ELSEWHERE)
    runs.add(status="running", claimed_by=ELSEWHERE, token="u")
    assert crew(runtime).hands[0].since is None


def test_a_poller_says_that_it_looks_a_few_times_a_minute_and_not_each_second(
    runtime: Runtime, clock: FrozenClock
) -> None:
    pulse, seen = Pulse(), set()
    for _ in range(60):
        pulse.look(runtime)
        (hand,) = crew(runtime).hands
        seen.add(hand.seen_at)
        clock.move(timedelta(seconds=1))
    assert (hand.kind, hand.lives, len(seen)) == ("poller", True, 4)


def test_processes_that_are_long_gone_are_forgotten(runtime: Runtime, clock: FrozenClock) -> None:
    beat(runtime, ELSEWHERE)
    clock.move(timedelta(days=31))
    Pulse().look(runtime)
    with runtime.database.reading() as session:
        assert session.get(WorkerRow, ELSEWHERE) is None
        assert session.get(WorkerRow, identity()) is not None
