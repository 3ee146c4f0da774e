"""A folder of another trade, served by the program's own processes: worker, poller, Valkey, a mail server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update

from forms_service.engine.links import open_link
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import answer_task, start_with_form
from forms_service.settings import read_settings
from forms_service.storage.papers import DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.register import RecordRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.wiring import open_runtime
from tests.fixtures.mail import Mailbox

CHECKOUT = Path(__file__).parents[3]
LENDING = CHECKOUT / "tests" / "inputs" / "lending"
PATIENCE = 90.0
LIBRARIAN = Actor("lise", "librarian")


@dataclass(frozen=True, slots=True)
class Here:
    """One installation: what its processes are told."""

    instance: Path
    given: dict[str, str]

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "forms_service", *words, "--instance", str(self.instance)]

    def environment(self) -> dict[str, str]:
        ours = {key: value for key, value in os.environ.items() if not key.startswith("FORMS_")}
        return {**ours, **self.given}

    def run(self, *words: str) -> str:
        done = subprocess.run(
            self.command(*words), env=self.environment(), cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def here(tmp_path: Path, database_url: str, valkey: str, smtp: Mailbox) -> Here:
    given = {
        "FORMS_DATABASE_URL": database_url,
        "FORMS_REDIS_URL": valkey,
        "FORMS_SMTP_URL": smtp.url,
        "FORMS_WORKFLOWS": str(LENDING / "workflows"),
        "FORMS_PDF_TEMPLATES": str(LENDING / "pdf_templates"),
        "FORMS_QUIET_HOURS": "none",  # the test may run at night
        "FORMS_SECRET_KEY": "not-secret-at-all-but-long-enough-1234",
    }
    return Here(tmp_path / "instance", given)


@pytest.fixture
def rt(here: Here) -> Iterator[Runtime]:
    """What the web process would have: the same database and the same Valkey."""
    opened = open_runtime(read_settings(here.instance, here.given))
    with opened.database.writing() as session:
        session.add(PersonRow(id="lise", name="Lise", role="librarian", email="lise@bibliotek.test", active=True))
    yield opened
    opened.database.close()


@pytest.fixture
def processes(here: Here, rt: Runtime) -> Iterator[list[subprocess.Popen[bytes]]]:
    started = [
        subprocess.Popen(here.command(part), env=here.environment(), cwd=CHECKOUT) for part in ("worker", "poller")
    ]
    yield started
    for process in started:
        process.terminate()
    assert [process.wait(PATIENCE) for process in started] == [0, 0]


def wait_until(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def step(rt: Runtime, path: str, status: str) -> str:
    """The id of the step when it has come to this; else empty."""
    with rt.database.reading() as session:
        return session.scalar(select(StepRow.id).where(StepRow.path == path, StepRow.status == status)) or ""


def time_is_up(rt: Runtime, path: str) -> None:
    """Nobody waits for weeks: a timer rings now."""
    wait_until(lambda: step(rt, path, "ready"))
    with rt.database.writing() as session:
        session.execute(update(StepRow).where(StepRow.path == path).values(due_at=rt.clock.now(), dispatched_at=None))


@pytest.mark.usefixtures("processes")
def test_a_book_is_lent_and_brought_back(rt: Runtime, smtp: Mailbox) -> None:
    answers = {"book": "Sult", "name": "Ada Eksempel", "email": "ada@laaner.test"}
    assert rt.settings.service.name == "Utlån ved biblioteket"
    start_with_form(rt, "loan", "desk-1", answers, NO_SUBJECT, LIBRARIAN)
    wait_until(lambda: smtp.messages)
    with rt.database.reading() as session:
        assert session.scalars(select(DocumentRow)).one().pdf.startswith(b"%PDF")

    time_is_up(rt, "period/over")
    wait_until(lambda: len(smtp.messages) == 2)
    token = re.search(r"/l/(\S+)", smtp.texts()[1])
    assert token is not None
    with rt.database.reading() as session:
        link = open_link(rt, session, token[1])
    answer_task(rt, link.step_id, "link-1", {"extend": "no"}, Actor(via="link"))

    returned = {"returned_on": rt.clock.now().date().isoformat(), "damage": None}
    answer_task(rt, step(rt, "back", "waiting"), "desk-2", returned, LIBRARIAN)
    wait_until(lambda: len(smtp.messages) == 3)
    with rt.database.reading() as session:
        assert session.scalars(select(RunRow.outcome)).all() == ["returned"]
        assert session.scalars(select(RecordRow)).one().content["returned"] == returned["returned_on"]
    assert smtp.recipients == [["ada@laaner.test"]] * 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_commands_know_the_folder(here: Here) -> None:
    assert "already" in here.run("migrate")
    assert here.run("check").startswith("All is well")
    walked = here.run("simulate", str(LENDING / "workflows" / "loan.yaml"), "--from", "2026-01-15", "--for", "1w")
    assert "2026-01-15 Thu 09:00  move       loan.lent: lend" in walked


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", ["worker", "poller"])
def test_no_process_starts_on_a_description_with_mistakes(here: Here, part: str, tmp_path: Path) -> None:
    folder = tmp_path / "workflows"
    folder.mkdir()
    (folder / "service.yaml").write_text("service: a\ntitle: A\nroles: {b: {}}\n", encoding="utf-8")
    environment = {**here.environment(), "FORMS_WORKFLOWS": str(folder)}
    done = subprocess.run(
        here.command(part), env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert 'service.yaml:3:12: A role needs "title".' in done.stderr
