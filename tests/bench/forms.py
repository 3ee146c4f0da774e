"""The page of a form of a hundred fields, from request to response, beside WTForms' own rendering of as many."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from wtforms import Form as Plain  # type: ignore[import-untyped]
from wtforms import StringField

from forms_service.app import create_app
from forms_service.engine.library import Library
from forms_service.engine.runtime import Runtime
from forms_service.language.files import read_files
from forms_service.storage.database import open_database
from forms_service.storage.migrate import prepare
from tests.bench.figures import Seconds, p50, row
from tests.bench.size import Size
from tests.integration.foreign.trade import INPUTS, open_trade

FIELDS = 100
GOAL = 0.030
WORKFLOW = """\
workflow: long
title: Long
start: {form: long, by: [librarian]}
steps:
  - {id: read, ask: librarian, form: long}
"""
KINDS = (
    "type: text",
    "type: paragraph",
    "type: number, minimum: 0, maximum: 10",
    "type: date",
    "type: yes_no",
    "type: choice, choices: {a: One, b: Two, c: Three}",
    "type: choices, choices: {a: One, b: Two, c: Three}",
    'type: scale, choices: {"1": Never, "2": Seldom, "3": At times, "4": Often, "5": Always, none: I do not know}',
    "type: confirm",
    'type: text, show_when: f4 = "yes"',
)
"""Ten kinds of question, ten times each; every tenth is shown only after an answer."""


def main(size: Size) -> None:
    times = size.polls
    with _page() as page:
        looks = {"our page": page, "WTForms' own fields": _floor}
        for go in looks.values():
            go()
        taken: dict[str, list[Seconds]] = {name: [] for name in looks}
        for _ in range(times):
            for name, go in looks.items():
                taken[name].append(_seconds(go))
        html = page()
    _report(taken, html)


def _report(taken: Mapping[str, list[Seconds]], html: str) -> None:
    assert html.count("data-question") == FIELDS
    for name, samples in taken.items():
        print(row(f"{name}, {FIELDS} fields", samples))
    ours, floor = (p50(samples) for samples in taken.values())
    print(f"  {len(html) / 1000:.0f} kB of HTML; {ours / floor:.1f} times WTForms' text fields without any page around")
    print(f"  goal < {GOAL * 1000:.0f} ms: {'reached' if ours < GOAL else 'not reached'}")


def _seconds(go: Callable[[], object]) -> Seconds:
    began = time.perf_counter()
    go()
    return time.perf_counter() - began


@contextmanager
def _page() -> Iterator[Callable[[], str]]:
    """The whole way of a request in this process: session, database, form, template."""
    with tempfile.TemporaryDirectory(prefix="forms-bench-") as folder:
        rt = _house(Path(folder))
        client = create_app(rt).test_client()
        _enter(client)
        yield lambda: client.get("/skjema/long").text
        rt.database.close()


def _house(folder: Path) -> Runtime:
    database = open_database(f"sqlite:///{folder}/forms.db")
    prepare(database)
    rt = open_trade("lending", database, folder, "2026-02-20").rt
    files = read_files(INPUTS / "lending" / "workflows", INPUTS / "lending" / "pdf_templates")
    library = Library({**files, "long.yaml": WORKFLOW, "forms/long.yaml": _form()}, rt.service.vocabulary)
    with database.writing() as session:
        library.publish(session, rt.clock.now())
    return replace(rt, library=library, settings=replace(rt.settings, demo=True))


def _form() -> str:
    fields = (
        f"      - {{name: f{number}, label: Question {number}?, help: Some help, {KINDS[number % len(KINDS)]}}}"
        for number in range(FIELDS)
    )
    return "\n".join(("form: long", "title: Long", "sections:", "  - title: All of it", "    fields:", *fields, ""))


def _enter(client: FlaskClient) -> None:
    token = client.get("/inn").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert client.post("/inn", data={"person": "librarian", "csrf_token": token}).status_code == 302


def _floor() -> str:
    return "".join(f"{field.label()}{field()}" for field in TEXTS())


TEXTS = type("Texts", (Plain,), {f"f{number}": StringField(f"Question {number}?") for number in range(FIELDS)})
