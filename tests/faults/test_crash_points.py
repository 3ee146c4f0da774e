"""A worker killed at any named place: another finishes; one document, one message, and doubt is shown, not guessed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from forms_service.clock import RealClock
from forms_service.engine.process import is_dead
from forms_service.engine.sweep import sweep
from forms_service.messages.smtp import SmtpTransport
from forms_service.storage.database import Database
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import EventRow
from tests.fixtures.mail import Mailbox
from tests.integration.engine.conftest import Desk, open_desk

ROOT = Path(__file__).parents[2]
BEFORE_THE_DOT = ("claimed", "worked", "finishing", "finished", "message_claimed")
AFTER_THE_DOT = {"message_dot_marked": 0, "message_handed_over": 1}
"""How many messages the mail server has when the worker dies there."""


@pytest.fixture
def shop(database: Database, smtp: Mailbox, tmp_path: Path) -> Desk:
    desk = open_desk(database, tmp_path)
    desk.rt = replace(desk.rt, post=SmtpTransport(smtp.url), clock=RealClock())
    desk.bell.deaf = True  # so that the worker to be killed is the first to hear of it
    desk.borrow()
    desk.bell.deaf = False
    return desk


def kill_a_worker_at(desk: Desk, folder: Path, point: str) -> None:
    address = desk.rt.database.engine.url.render_as_string(hide_password=False)
    assert isinstance(desk.rt.post, SmtpTransport)
    command = [sys.executable, "-m", "tests.faults.child", address, desk.rt.post.url, str(folder), point]
    died = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL, "the place was never reached"


def another_worker_takes_over(desk: Desk) -> None:
    """The next look of the poller, a little later, so that rings that were lost are rung again."""
    sweep(desk.rt, is_dead)
    with desk.rt.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE step SET dispatched_at = NULL")
    desk.work_all()


@pytest.mark.parametrize("point", BEFORE_THE_DOT)
def test_killed_before_the_dot_nothing_is_lost_and_nothing_comes_twice(
    shop: Desk,
    smtp: Mailbox,
    tmp_path: Path,
    point: str,
) -> None:
    kill_a_worker_at(shop, tmp_path, point)
    another_worker_takes_over(shop)
    assert shop.step("handed").status == "waiting"
    assert len(shop.rows(DocumentRow)) == 1
    assert len(smtp.messages) == 1
    assert [row.status for row in shop.rows(MessageRow)] == ["sent"]
    numbers = [event.number for event in shop.rows(EventRow)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("point", "received"), AFTER_THE_DOT.items())
def test_killed_around_the_dot_the_message_is_unknown_and_never_sent_again(
    shop: Desk,
    smtp: Mailbox,
    tmp_path: Path,
    point: str,
    received: int,
) -> None:
    kill_a_worker_at(shop, tmp_path, point)
    another_worker_takes_over(shop)
    assert [row.status for row in shop.rows(MessageRow)] == ["unknown"]
    assert len(smtp.messages) == received
    assert len(shop.rows(DocumentRow)) == 1
