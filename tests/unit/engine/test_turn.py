"""What a poller does now and then comes at once, then not before its time, and also when a clock is set back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from forms_service.engine.turn import Turn

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_first_turn_comes_at_once_and_the_next_when_it_is_time() -> None:
    turn = Turn(MINUTE)
    moments = (NOON, NOON, NOON + MINUTE / 2, NOON + MINUTE, NOON + 1.5 * MINUTE)
    assert [turn.has_come(moment) for moment in moments] == [True, False, False, True, False]


def test_a_clock_that_is_set_back_keeps_nobody_waiting_until_it_has_caught_up() -> None:
    turn = Turn(MINUTE, last=NOON)
    assert not turn.has_come(NOON - MINUTE / 2)
    assert turn.has_come(NOON - 2 * MINUTE)
