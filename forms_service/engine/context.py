"""Everything a verb may know while it is at work inside a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from forms_service.engine.edition import Edition
from forms_service.engine.namespace import answers_of, names_of
from forms_service.engine.path import base_of, items_of, path_to, step_of
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.language.definitions import Step
from forms_service.storage.runs import RunRow, StepRow


@dataclass(frozen=True, slots=True)
class Context:
    """One step of one run, at one moment."""

    rt: Runtime
    session: Session
    edition: Edition
    run: RunRow
    row: StepRow
    now: datetime

    @property
    def step_id(self) -> str:
        """The id in the workflow."""
        return step_of(self.row.path)

    @property
    def items(self) -> tuple[int, ...]:
        """Which item of each list around the step this is about."""
        return items_of(self.row.path)

    @property
    def is_beside(self) -> bool:
        """A reminder, a second try of a message and the like: nothing in the run waits for it."""
        return self.row.path != base_of(self.row.path)

    def path_of(self, step_id: str) -> str:
        """The path of another step that this one names: the same item's, as far as both stand in the same lists."""
        return path_to(step_id, self.items[: len(self.edition.plan.lists[step_id])])

    @property
    def step(self) -> Step:
        return self.edition.plan.steps[self.step_id]

    @property
    def step_if_any(self) -> Step | None:
        """None for the clock of a series."""
        return self.edition.plan.steps.get(self.step_id)

    @property
    def subject(self) -> Subject:
        return Subject(self.run.subject_kind, self.run.subject_id)

    @property
    def today(self) -> date:
        return self.rt.day(self.now)

    def facts(self) -> dict[str, object]:
        return self.rt.service.facts(self.session, self.subject, self.today)

    def known(self) -> dict[str, object]:
        """The facts, and today."""
        return self.rt.known(self.session, self.subject, self.now)

    def names(self) -> Mapping[str, object]:
        """All that expressions and documents can speak of now."""
        return self.known() | names_of(self.session, self.edition, self.run.id, self.step_id, self.items)

    def answers(self, source: str) -> Mapping[str, object]:
        """The answers of one ask, or of the start form when ``source`` is empty."""
        return answers_of(self.session, self.run.id, self.path_of(source) if source else "")
