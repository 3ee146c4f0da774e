"""Which step of the workflow a task is, as its author wrote it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forms_service.domain.people import Role
from forms_service.engine.look import TaskView
from forms_service.engine.path import step_of
from forms_service.language.definitions import Ask
from forms_service.storage.runs import RunRow
from forms_service.web.current import runtime


def asked(db: Session, view: TaskView) -> Ask | None:
    """The ask behind a task; None for a task that the engine made itself, such as a missing release."""
    run = db.get_one(RunRow, view.run_id)
    step = runtime().library.of(db, run.definition_id).plan.steps.get(step_of(view.step.path))
    return step if isinstance(step, Ask) else None


def is_meant_for_a_guest(ask: Ask | None) -> bool:
    """The form is meant for somebody without an account: whoever is signed in fills it in together with her."""
    return ask is not None and bool(ask.invite)


def is_assisted(db: Session, view: TaskView) -> bool:
    """Whoever is signed in answers it for the participant or a guest, who is the one that is asked."""
    return view.step.role == Role.PARTICIPANT or is_meant_for_a_guest(asked(db, view))
