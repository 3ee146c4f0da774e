"""The one namespace of a run: the start form's fields by name, each ask's answers under its id, facts, today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.library import Edition
from forms_service.language.definitions import Field, FieldType, Form
from forms_service.storage.runs import StepRow, SubmissionRow
from forms_service.texts import say


def names_of(
    session: Session, edition: Edition, run_id: str, facts: Mapping[str, object], today: date
) -> dict[str, object]:
    """Nested plain data; beside each answer that was chosen from a list stands its label as ``name_label``."""
    names: dict[str, object] = {"today": today, **facts}
    for submission, path in _submissions(session, run_id):
        form = edition.definitions.forms[submission.form]
        answers = _readable(form, submission.answers)
        if path is None:
            names |= answers
        elif "/" not in path:
            names[path] = answers
    return names


def answers_of(session: Session, run_id: str, source: str) -> Mapping[str, object]:
    """The latest plain answers from one place; empty when there are none."""
    answers = [found.answers for found, path in _submissions(session, run_id) if (path or "") == source]
    return answers[-1] if answers else {}


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
            readable[f"{field.name}_label"] = _label(field, value)
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
