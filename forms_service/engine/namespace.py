"""The one namespace of a run: the start form's fields by name, each ask's answers under its id, items of lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.library import Edition
from forms_service.engine.path import items_of, path_to, step_of
from forms_service.language.definitions import Ask, Each, Field, FieldType, Form, RunWorkflow
from forms_service.storage.runs import StepRow, SubmissionRow
from forms_service.texts import say

LABEL = "_label"


def names_of(
    session: Session, edition: Edition, run_id: str, step_id: str = "", items: tuple[int, ...] = ()
) -> dict[str, object]:
    """Nested plain data as one step sees it; beside each answer chosen from a list stands its label (``name_label``).

    Answers of steps in the same list are those of the same item; of steps in other lists all items' answers are lists.
    """
    seen = _Seen(edition, step_id, items)
    names: dict[str, object] = {}
    for submission, path in _submissions(session, run_id):
        form = edition.definitions.forms[submission.form]
        if path is None:
            names |= _readable(form, submission.answers)
        elif "/" not in path:
            seen.add(path, _readable(form, submission.answers))
    return names | seen.names() | _results(session, edition, run_id, step_id, items)


def answers_of(session: Session, run_id: str, source: str) -> Mapping[str, object]:
    """The latest plain answers from one path; empty when there are none."""
    answers = [found.answers for found, path in _submissions(session, run_id) if (path or "") == source]
    return answers[-1] if answers else {}


class _Seen:
    """Answers by step, as one step sees them."""

    def __init__(self, edition: Edition, step_id: str, items: tuple[int, ...]) -> None:
        self.edition, self.items = edition, items
        self.around = edition.plan.lists.get(step_id, ())
        self.answers: dict[str, dict[tuple[int, ...], dict[str, object]]] = {
            step.id: {} for step in edition.plan.steps.values() if isinstance(step, Ask) and self.is_list(step.id)
        }

    def shared(self, step_id: str) -> int:
        """How many lists stand around both steps."""
        pairs = zip(self.edition.plan.lists[step_id], self.around, strict=False)
        return next((depth for depth, (theirs, ours) in enumerate(pairs) if theirs != ours), self.depth(step_id))

    def depth(self, step_id: str) -> int:
        return min(len(self.edition.plan.lists[step_id]), len(self.around))

    def is_list(self, step_id: str) -> bool:
        return len(self.edition.plan.lists[step_id]) > self.shared(step_id)

    def add(self, path: str, answers: dict[str, object]) -> None:
        """Keep the latest answers from one path, unless they belong to another item than ours."""
        step_id, items = step_of(path), items_of(path)
        if step_id in self.edition.plan.steps:
            shared = self.shared(step_id)
            if items[:shared] == self.items[:shared]:
                self.answers.setdefault(step_id, {})[items] = answers

    def names(self) -> dict[str, object]:
        return {step_id: self.one(step_id, found) for step_id, found in self.answers.items()}

    def one(self, step_id: str, found: Mapping[tuple[int, ...], dict[str, object]]) -> dict[str, object]:
        if not self.is_list(step_id):
            return next(iter(found.values()))
        step = self.edition.plan.steps[step_id]
        assert isinstance(step, Ask)
        names = _readable(self.edition.definitions.forms[step.form], {})
        return {name: [found[items].get(name) for items in sorted(found)] for name in names}


def _results(
    session: Session, edition: Edition, run_id: str, step_id: str, items: tuple[int, ...]
) -> dict[str, object]:
    """What steps themselves gave: the items of the lists around this one, and how runs ended that were waited for."""
    plan = edition.plan
    lists = [plan.steps[name] for name in plan.lists.get(step_id, ())]
    waited = [step.id for step in plan.steps.values() if isinstance(step, RunWorkflow) and step.waits]
    if not lists and not waited:
        return {}
    rows = select(StepRow.path, StepRow.result).where(StepRow.run_id == run_id, StepRow.verb.in_(("each", "run")))
    results = {path: result for path, result in session.execute(rows.order_by(StepRow.visit))}
    names: dict[str, object] = {}
    for depth, step in enumerate(lists):
        assert isinstance(step, Each)
        names |= _item(step, results[path_to(step.id, items[:depth])], items[depth])
    for name in waited:
        ours = results.get(path_to(name, items[: len(plan.lists[name])]), {})
        names |= {name: {"outcome": ours["outcome"]}} if "outcome" in ours else {}
    return names


def _item(step: Each, result: Mapping[str, list[object]], number: int) -> dict[str, object]:
    return {step.item: result["items"][number - 1], f"{step.item}{LABEL}": result["labels"][number - 1]}


def _submissions(session: Session, run_id: str) -> list[tuple[SubmissionRow, str | None]]:
    found = (
        select(SubmissionRow, StepRow.path)
        .outerjoin(StepRow, StepRow.id == SubmissionRow.step_id)
        .where(SubmissionRow.run_id == run_id, SubmissionRow.form != "")
        .order_by(SubmissionRow.received_at)
    )
    return [(submission, path) for submission, path in session.execute(found)]


def _readable(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    readable: dict[str, object] = {}
    for field in form.fields():
        value = answers.get(field.name)
        readable[field.name] = _typed(field, value)
        if field.choices or field.type is FieldType.YES_NO:
            readable[f"{field.name}{LABEL}"] = _label(field, value)
    return readable


def _typed(field: Field, value: object) -> object:
    if field.type is FieldType.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _label(field: Field, value: object) -> object:
    if field.type is FieldType.YES_NO and value is not None:
        return say(f"common.{value}")
    if isinstance(value, list):
        return [field.choices.get(str(item), str(item)) for item in value]
    return None if value is None else field.choices.get(str(value), str(value))
