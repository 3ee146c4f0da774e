"""The shipped service on a fresh database of each kind; nobody works unless a test says so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest

from forms_service.engine.begin import Origin, begin_run, first_row
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT

NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs with one step each, in whatever state a test wants."""

    rt: Runtime

    def add(self, **step: object) -> str:
        """The step of a new run."""
        with self.rt.database.writing() as session:
            edition = self.rt.library.newest(session, "intake")
            run = begin_run(self.rt, session, edition, Origin(f"test-{next(NUMBERS)}"), NO_SUBJECT)
            row = first_row(session, run, edition, self.rt.clock.now())
            for name, value in step.items():
                setattr(row, name, value)
            session.flush()
            return row.id


@pytest.fixture
def runs(runtime: Runtime) -> Runs:
    return Runs(runtime)
