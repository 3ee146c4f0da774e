"""A library with a workshop: workflows that can be paused, with a task, a timer, a document, a message and a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from forms_service.engine.library import Library
from forms_service.engine.service import Actor
from forms_service.engine.submit import start_with_button
from forms_service.language.files import read_files
from forms_service.storage.database import Database
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import EventRow, RunRow, StepRow
from tests.integration.engine.conftest import BOOK, Desk, open_desk
from tests.integration.engine.loan import FOLDER, LIBRARIAN, LIBRARY

ADMIN = Actor("head-1", "head")
BUTTON = "about: book\nstart: {by: [librarian]}"
WHILE = "pause: {clock: stops, while: case.at_binder}"


def workflow(key: str, steps: str, head: str = BUTTON) -> dict[str, str]:
    return {f"{key}.yaml": f"workflow: {key}\ntitle: {key.capitalize()}\n{head}\nsteps:\n{steps}"}


CARE = """
  - {id: look, ask: librarian, form: handed, due: 1 week, remind: [2 days], late: {give: head}}
  - {id: rest, wait: 10 days}
  - {id: slip, make: card, title: Slip}
  - {id: told, send: loan_ready, to: reader}
  - {id: back, ask: reader, form: returned, invite: bring_back, due: 1 week, remind: [2 days]}
"""
CARD = "document: card\ntitle: Card\nopen_to: [librarian]\nuses: [case.case_number]\n"
FILES = {
    "documents/card/document.yaml": CARD,
    "documents/card/document.html": "<p>{{ case.case_number }}</p>",
    **workflow("care", CARE),
    **workflow("hasty", CARE, BUTTON + "\npause: {clock: runs}"),
    **workflow("rest", "  - {id: rest, wait: 10 days}\n", f"{BUTTON}\n{WHILE}"),
    **workflow(
        "rounds",
        "  - {id: check, ask: librarian, form: handed}\n",
        f"about: book\n{WHILE}\nrepeat: {{every: 6 months, from: case.bought}}",
    ),
    **workflow("begin_rounds", "  - {id: rounds, run: rounds}\n"),
    **workflow("bind_later", "  - {id: ready, ask: librarian, form: handed}\n  - {id: sent, do: bind}\n"),
    **workflow(
        "bind", "  - {id: sent, do: bind}\n  - {id: home, ask: librarian, form: handed}\n  - {id: got, do: unbind}\n"
    ),
    **workflow("parent", "  - {id: child, run: care, waits: true}\n  - {id: after, ask: librarian, form: handed}\n"),
    **workflow("starter", "  - {id: child, run: care}\n  - {id: after, ask: librarian, form: handed}\n"),
    **workflow("last", "  - {id: told, send: loan_ready, to: reader}\n  - {id: look, ask: librarian, form: handed}\n"),
    **workflow(
        "lanes",
        """
  - id: both
    together:
      - [{id: one, ask: librarian, form: handed}]
      - [{id: two, make: card}, {id: three, ask: head, form: handed}]
  - {id: done, ask: librarian, form: handed}
""",
    ),
}


def workshop(database: Database, folder: Path, more: Mapping[str, str] | None = None) -> Desk:
    return open_desk(database, folder, {**FILES, **(more or {})})


def publish(desk: Desk, more: Mapping[str, str]) -> None:
    """A newer version of some files; runs that are under way stay on theirs."""
    files = {**read_files(FOLDER / "workflows", FOLDER / "pdf_templates"), **FILES, **more}
    desk.rt = replace(desk.rt, library=Library(files, LIBRARY))
    with desk.rt.database.writing() as session:
        desk.rt.library.publish(session, desk.clock.now())


def begin(desk: Desk, key: str = "care") -> str:
    """A run that a button started, as far as it gets by itself."""
    run_id = start_with_button(desk.rt, key, f"start-{key}", BOOK, LIBRARIAN).run_id
    desk.work_all()
    return run_id


def answer(desk: Desk, path: str) -> None:
    desk.answer(path, lent="yes")
    desk.work_all()


def run_of(desk: Desk, run_id: str) -> RunRow:
    return next(run for run in desk.rows(RunRow) if run.id == run_id)


def statuses(desk: Desk, run_id: str) -> dict[str, str]:
    """Each path with the status of its latest row."""
    return {row.path: row.status for row in desk.steps() if row.run_id == run_id}


def messages(desk: Desk) -> list[tuple[str, str]]:
    return [(row.message, row.status) for row in desk.rows(MessageRow)]


def events(desk: Desk, run_id: str) -> list[str]:
    rows = sorted((row for row in desk.rows(EventRow) if row.run_id == run_id), key=lambda row: row.number)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    return [row.kind for row in rows]


def event(desk: Desk, run_id: str, kind: str) -> EventRow:
    return [row for row in desk.rows(EventRow) if row.run_id == run_id and row.kind == kind][-1]


def change(desk: Desk, step_id: str, name: str, value: object) -> None:
    """Put a row into a state that is hard to come to."""
    with desk.rt.database.writing() as session:
        setattr(session.get_one(StepRow, step_id), name, value)
