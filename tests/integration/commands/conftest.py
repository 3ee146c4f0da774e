"""An instance on a database of its own, with a small town and a run that waits for the coordinator."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from forms_service.cli import main
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.engine.submit import start_with_button
from forms_service.settings import read_settings
from forms_service.storage.runs import EventRow, RunRow, StepRow
from forms_service.wiring import open_runtime
from tests.integration.casework.town import Town


@dataclass(frozen=True, slots=True)
class House:
    """What the command line is used on."""

    rt: Runtime
    folder: Path
    run_id: str

    def call(self, *words: str) -> int:
        return main([*words, "--instance", str(self.folder)])

    def run(self) -> RunRow:
        with self.rt.database.reading() as session:
            return session.get_one(RunRow, self.run_id)

    def step(self, path: str = "recorded") -> StepRow:
        with self.rt.database.reading() as session:
            return session.scalars(select(StepRow).filter_by(run_id=self.run_id, path=path)).one()

    def last_event(self) -> EventRow:
        newest = select(EventRow).filter_by(run_id=self.run_id).order_by(EventRow.number.desc()).limit(1)
        with self.rt.database.reading() as session:
            return session.scalars(newest).one()

    def change(self, **values: object) -> None:
        with self.rt.database.writing() as session:
            row = session.get_one(StepRow, self.step().id)
            for name, value in values.items():
                setattr(row, name, value)


@pytest.fixture
def house(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    before = os.umask(0o022)  # the command line sets it for its whole process, which here is that of all tests
    monkeypatch.setenv("FORMS_DATABASE_URL", database_url)
    monkeypatch.setenv("FORMS_SECRET_KEY", "not-secret-at-all-but-long-enough-1234")
    rt = open_runtime(read_settings(tmp_path), must_ring=False)
    subject = Town(rt.database).requested()
    run_id = start_with_button(rt, "death", "n1", subject, Actor("solveig", "coordinator")).run_id
    yield House(rt, tmp_path, run_id)
    rt.database.close()
    os.umask(before)
