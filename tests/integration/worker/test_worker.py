"""The doorbell and the worker on a real Valkey: work gets done, and nothing personal leaves the database."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import redis
from rq.serializers import JSONSerializer
from sqlalchemy import select

from forms_service.demo.fill import seed_people
from forms_service.documents.press import Stamp
from forms_service.engine.dispatch import dispatch_steps
from forms_service.engine.process import identity, is_dead
from forms_service.engine.runtime import Press, Runtime
from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import start_with_form
from forms_service.language.definitions import Document
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from forms_service.worker import jobs
from forms_service.worker.bell import RqBell, connect, queue_on
from forms_service.worker.jobs import AWAKE, put_to_work
from forms_service.worker.serve import StepWorker
from tests.fixtures.mail import Mailbox

MARKS = ("MERKE-NAVN", "MERKE-ØNSKE", "merke@example.org", "49999999")
"""Stand in the answers of a request; each is personal."""


def request(rt: Runtime) -> str:
    """Send a request full of marks; the run's id."""
    with rt.database.writing() as session:
        if session.scalar(select(PersonRow.id).limit(1)) is None:
            seed_people(session)
    with rt.database.reading() as session:
        ingrid = session.scalars(select(PersonRow).where(PersonRow.role == "caseworker")).first()
    assert ingrid is not None
    answers = {
        "caseworker": None, "office": ingrid.office_id, "participant_name": MARKS[0], "participant_gender": "woman",
        "birth_year": 1990, "participant_phone": MARKS[3], "participant_email": MARKS[2], "phase": "during_lar",
        "own_wish": "yes", "relatively_drug_free": "yes", "lacks_network": "yes", "wishes": MARKS[1],
    }  # fmt: skip
    return start_with_form(rt, "intake", uuid.uuid4().hex, answers, NO_SUBJECT, Actor(ingrid.id, "caseworker")).run_id


def work_off(rt: Runtime, valkey: str) -> None:
    """What ``forms-service worker`` does until the queue is empty."""
    put_to_work(rt)
    connection = connect(valkey, answer_within=None)
    worker = StepWorker([queue_on(connection)], connection=connection, serializer=JSONSerializer)
    worker.work(burst=True, logging_level="WARNING")


def everything_in(valkey: str) -> str:
    """All keys and values of the server, as one text."""
    connection = redis.Redis.from_url(valkey)
    dumps = [key + (connection.dump(key) or b"") for key in connection.scan_iter()]
    return b"\n".join(dumps).decode("utf-8", "replace")


def test_a_ring_makes_the_worker_do_the_whole_chain(runtime: Runtime, valkey: str, smtp: Mailbox) -> None:
    request(runtime)
    work_off(runtime, valkey)
    with runtime.database.reading() as session:
        assert session.scalars(select(DocumentRow.name)).all() == ["request_summary"]
        assert session.scalars(select(MessageRow.status)).all() == ["sent"]
        assert session.scalars(select(StepRow.status).where(StepRow.path == "conversation")).all() == ["waiting"]
    assert len(smtp.messages) == 1


def test_nothing_personal_lies_in_valkey_before_during_or_after_the_work(
    runtime: Runtime, valkey: str, smtp: Mailbox
) -> None:
    run_id = request(runtime)
    before = everything_in(valkey)
    work_off(runtime, valkey)
    said = before + everything_in(valkey)
    assert "run_step" in before
    assert run_id not in MARKS
    assert not [mark for mark in MARKS if mark in said]


def test_nothing_personal_stands_in_the_log_or_the_mail_also_when_work_fails(
    runtime: Runtime, valkey: str, smtp: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    smtp.refuse("RCPT", "550 5.1.1 <merke@example.org> unknown")
    request(runtime)
    with runtime.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE person SET email = 'merke@example.org'")
    work_off(runtime, valkey)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("aiosmtpd", "mail."))]
    assert not [line for line in ours for mark in MARKS if mark in line]
    assert not [mark for mark in MARKS for text in smtp.texts() if mark in text]
    with runtime.database.reading() as session:
        assert session.scalars(select(MessageRow.status)).all() == ["failed"]
        assert not [mark for mark in MARKS if mark in str(session.scalars(select(MessageRow.problem)).all())]


@pytest.mark.parametrize("awake", [timedelta(), AWAKE])
def test_one_ring_is_enough_for_all_that_waits_in_the_database(
    runtime: Runtime, valkey: str, awake: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker takes what is due while it is awake, and rings for what it leaves when it goes to sleep."""
    monkeypatch.setattr(jobs, "AWAKE", awake)
    nobody_hears = replace(runtime, bell=RqBell(connect("redis://127.0.0.1:1")))
    request(nobody_hears)
    request(nobody_hears)
    dispatch_steps(runtime, 1)
    work_off(runtime, valkey)
    with runtime.database.reading() as session:
        assert session.scalars(select(DocumentRow.name)).all() == ["request_summary"] * 2


@dataclass(frozen=True, slots=True)
class RingsTheCurfew:
    """A press during whose work this process is told to stop."""

    press: Press

    def warm(self) -> None:
        self.press.warm()

    def render(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> bytes:
        os.kill(os.getpid(), signal.SIGTERM)
        return self.press.render(document, data, stamp)


def test_a_worker_that_is_told_to_stop_finishes_what_it_is_at(runtime: Runtime, valkey: str, smtp: Mailbox) -> None:
    request(runtime)
    work_off(replace(runtime, press=RingsTheCurfew(runtime.press)), valkey)
    with runtime.database.reading() as session:
        made = session.execute(select(StepRow.status, StepRow.attempt).where(StepRow.verb == "make")).one()
    assert tuple(made) == ("done", 1)
    assert len(smtp.messages) == 1


def test_a_job_leaves_nothing_behind_in_valkey(runtime: Runtime, valkey: str) -> None:
    request(runtime)
    work_off(runtime, valkey)
    left = {key.decode() for key in redis.Redis.from_url(valkey).scan_iter()}
    assert not [key for key in left if key.startswith("rq:job") or "intermediate" in key or "wip" in key]


def test_this_process_is_not_dead() -> None:
    assert not is_dead(identity())


def test_a_process_that_has_ended_is_dead() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from forms_service.engine.process import identity; print(identity())"],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert is_dead(ended.stdout.strip())


def test_a_later_process_with_the_same_pid_does_not_stand_in_for_a_dead_one() -> None:
    host, pid, _ = identity().rsplit(":", 2)
    assert is_dead(f"{host}:{pid}:1")


def test_a_process_on_another_machine_is_never_called_dead() -> None:
    assert not is_dead("another-machine:1:1")
