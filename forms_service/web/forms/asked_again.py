"""A question that is asked again because what was answered could not be done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.look import TaskView
from forms_service.forms.answers import Answer
from forms_service.storage.runs import StepRow, SubmissionRow

REFUSED = "move_refused"


def refusal_of(view: TaskView) -> str:
    """Why the last answers could not be used, as the engine wrote it; empty for a question that is new."""
    return view.step.problem if view.step.problem.startswith(REFUSED) else ""


def earlier_answers(db: Session, view: TaskView) -> dict[str, Answer]:
    """The last answers to the same question in the same run, to be put right instead of typed anew."""
    if not refusal_of(view):
        return {}
    before = select(SubmissionRow).join(StepRow, StepRow.id == SubmissionRow.step_id)
    before = before.where(SubmissionRow.run_id == view.run_id, StepRow.path == view.step.path)
    last = db.scalars(before.order_by(SubmissionRow.received_at.desc(), StepRow.visit.desc())).first()
    asked = {field.name for field in view.form.fields()}
    return {name: answer for name, answer in last.answers.items() if name in asked} if last else {}
