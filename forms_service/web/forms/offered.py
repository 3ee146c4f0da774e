"""Whether a workflow is offered now: the same rule as the buttons on the participant's page."""

from __future__ import annotations

from flask import make_response, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.domain.people import Viewer
from forms_service.engine.look import runs_about
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.service import Subject
from forms_service.forms.fill import Filled
from forms_service.language.definitions import Workflow
from forms_service.storage.runs import RunRow
from forms_service.web.current import runtime
from forms_service.web.forms.about import CaseBeside
from forms_service.web.participants.actions import POSSIBLE, actions_for
from forms_service.web.participants.ahead import runs_under_way


def is_offered(db: Session, viewer: Viewer, workflow: str, subject: Subject, case: CaseBeside | None) -> bool:
    """A workflow that the participant's page has no rule for is up to its author."""
    if case is None or workflow not in POSSIBLE:
        return True
    under_way = [run.workflow for run in runs_under_way(db, case.file)]
    offered = actions_for(runtime(), viewer, case.file, under_way)
    return any(each.workflow == workflow and Subject(each.kind, each.id) == subject for each in offered)


def is_under_way(db: Session, workflow: str, subject: Subject) -> bool:
    """Somebody has begun it: a second press of the button leads there."""
    return any(_is_active(run, workflow) for run in runs_about(db, [subject]))


def show_not_now(workflow: Workflow, case: CaseBeside | None, filled: Filled | None = None) -> Response:
    """The way back to the participant, and what was typed, question by question, to be copied."""
    return make_response(render_template("forms/not_now.html", workflow=workflow, case=case, filled=filled), 409)


def _is_active(run: RunRow, workflow: str) -> bool:
    return run.workflow == workflow and run.status in UNDER_WAY
