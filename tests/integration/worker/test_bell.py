"""The doorbell: nobody waits long for a Valkey that is gone or hangs."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from forms_service.engine.runtime import Runtime
from forms_service.worker.bell import RqBell, connect, queue_on
from forms_service.worker.rest import Rest
from tests.integration.worker.test_worker import request


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[str]:
    """The address of a server that takes connections and says nothing."""
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf"))
        deaf.listen()
        yield f"unix://{tmp_path / 'deaf'}"


def test_a_bell_without_valkey_says_so_and_hangs_nobody_up() -> None:
    bell = RqBell(connect("redis://127.0.0.1:1"))
    assert bell.ring_step("s1", 1) is False
    assert bell.ring_message("m1") is False
    assert bell.room() == 0


def test_of_many_rings_at_a_valkey_that_hangs_one_is_waited_for(hanging: str) -> None:
    bell = RqBell(connect(hanging))
    began = time.monotonic()
    assert [bell.ring_step(f"s{number}", 1) for number in range(20)] == [False] * 20
    assert [bell.ring_message("m1"), bell.room(), bell.answers()] == [False, 0, False]
    assert time.monotonic() - began < 1


def test_a_form_is_sent_at_once_while_valkey_hangs(runtime: Runtime, hanging: str) -> None:
    request(runtime)  # what is loaded once is loaded
    began = time.monotonic()
    request(replace(runtime, bell=RqBell(connect(hanging))))
    assert time.monotonic() - began < 1.5


def test_a_bell_that_hung_rings_again_after_a_rest(valkey: str, hanging: str) -> None:
    hands = [0.0]
    bell = RqBell(connect(hanging), Rest(2.0, steady=lambda: hands[0]))
    assert bell.answers() is False
    back = replace(bell, connection=connect(valkey))
    assert back.ring_step("s1", 1) is False
    hands[0] = 3.0
    assert back.ring_step("s1", 1) is True


def test_a_valkey_that_is_gone_for_a_moment_is_not_rested_from(valkey: str) -> None:
    bell = RqBell(connect("redis://127.0.0.1:1"))
    assert bell.answers() is False
    assert replace(bell, connection=connect(valkey)).answers() is True


def test_the_queue_takes_a_handful_of_rings_for_each_worker_and_no_more_before_half_are_heard(valkey: str) -> None:
    bell = RqBell(connect(valkey))
    assert bell.room() == 8
    for number in range(5):
        bell.ring_step(f"s{number}", 1)
    assert bell.room() == 0
    queue_on(bell.connection).pop_job_id()
    assert bell.room() == 4
