from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from forms_service.clock import FrozenClock, SteadyClock


@dataclass
class Watch:
    """A wall clock and a steady one that go together until a test sets the wall clock."""

    wall: FrozenClock
    passed: float = 0.0

    def go(self, **time: float) -> None:
        self.wall.move(timedelta(**time))
        self.passed += timedelta(**time).total_seconds()


@pytest.fixture
def watch() -> Watch:
    return Watch(FrozenClock())


@pytest.fixture
def steady(watch: Watch) -> SteadyClock:
    clock = SteadyClock(watch.wall, lambda: watch.passed)
    clock.now()
    return clock


def test_a_steady_clock_goes_with_the_wall_clock(watch, steady):
    watch.go(minutes=30)
    assert steady.now() == watch.wall.now()
    watch.go(days=200)  # a machine that slept, whose steady clock slept not
    assert steady.now() == watch.wall.now()


def test_a_leap_forward_is_not_believed_for_ten_minutes_and_then_it_is(watch, steady):
    before = watch.wall.now()
    watch.wall.move(timedelta(days=3650))
    assert (steady.now(), steady.leapt) == (before, True)
    watch.go(minutes=9)
    assert steady.now() == before + timedelta(minutes=9)
    watch.go(minutes=2)
    assert (steady.now(), steady.leapt) == (watch.wall.now(), False)


def test_a_leap_that_is_taken_back_has_never_been(watch, steady):
    before = watch.wall.now()
    watch.wall.move(timedelta(days=3650))
    steady.now()
    watch.wall.move(timedelta(days=-3650))
    watch.go(minutes=1)
    assert (steady.now(), steady.leapt) == (before + timedelta(minutes=1), False)


def test_a_clock_that_is_set_back_or_a_little_forward_is_believed(watch, steady):
    watch.wall.move(timedelta(hours=-5))
    assert steady.now() == watch.wall.now()
    watch.wall.move(timedelta(minutes=59))
    assert steady.now() == watch.wall.now()


def test_a_leap_nobody_saw_is_believed(watch):
    watch.wall.move(timedelta(days=240))
    assert SteadyClock(watch.wall, lambda: watch.passed).now() == watch.wall.now()
