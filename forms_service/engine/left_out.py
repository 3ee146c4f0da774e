"""Tasks that a person has skipped although nobody had to answer anything: as good as sent without answers."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.path import BESIDE, items_of, path_to, step_of
from forms_service.engine.plan import Plan
from forms_service.language.definitions import Ask, Definitions, Form, Step, Together, Workflow
from forms_service.storage.runs import StepRow


def may_be_left_out(workflow: Workflow, definitions: Definitions) -> frozenset[str]:
    """The asks with a form in which no question must be answered."""
    asks = (step for step in workflow.all_steps() if isinstance(step, Ask))
    return frozenset(step.id for step in asks if _is_free(definitions.forms[step.form]))


def left_out(session: Session, plan: Plan, free: frozenset[str], run_id: str) -> Iterator[str]:
    """The paths of those that were skipped, alone or with the lanes around them; ``free`` are the ids that may be."""
    if not free:
        return
    skipped = select(StepRow.path).where(StepRow.run_id == run_id, StepRow.status == "skipped")
    for path in session.scalars(skipped):
        step = None if BESIDE in path else plan.steps.get(step_of(path))
        yield from (path_to(ask.id, items_of(path)) for ask in _asks_in(step) if ask.id in free)


def _asks_in(step: Step | None) -> Iterator[Ask]:
    """Not those in branches and lists: which of them would have been asked, nobody knows."""
    if isinstance(step, Ask):
        yield step
    elif isinstance(step, Together):
        yield from (ask for lane in step.lanes for inner in lane for ask in _asks_in(inner))


def _is_free(form: Form) -> bool:
    return not any(field.required for field in form.fields())
