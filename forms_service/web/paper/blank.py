"""Blank forms to print: of a workflow that can be started, and of a task that waits."""

from __future__ import annotations

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.casework.access import may_answer
from forms_service.documents.forms import BLANK, stamp_of
from forms_service.engine.look import start_view, task_view
from forms_service.errors import NotFound
from forms_service.forms.context import Context
from forms_service.forms.paper.blank import blank_sheet
from forms_service.language.definitions import Form
from forms_service.language.files import Files
from forms_service.language.fingerprint import fingerprint
from forms_service.register.titles import role_titles
from forms_service.storage.runs import DefinitionRow, RunRow
from forms_service.web.current import runtime, today, viewer
from forms_service.web.forms.about import case_beside, demand_subject, note_reading, subject_from
from forms_service.web.forms.asked import is_assisted
from forms_service.web.forms.offered import is_offered
from forms_service.web.forms.surroundings import surroundings
from forms_service.web.paper.answer import pdf
from forms_service.web.paper.case_number import case_number


def start(workflow: str) -> Response:
    """The form that starts a workflow, for the roles that may start it, about what ``?om=`` says."""
    found = start_view(runtime(), workflow)
    form, who = found.form, viewer()
    if form is None or who.role not in found.workflow.start.by:
        raise NotFound
    subject = subject_from(request.args.get("om", ""), found.workflow.about)
    with runtime().database.writing() as db:
        demand_subject(db, who, subject)
        case = case_beside(db, who, subject)
        if not is_offered(db, who, workflow, subject, case):
            return redirect(url_for("forms.start", workflow=workflow, om=request.args.get("om")))  # it says why
        note_reading(db, who, case, "form", workflow)
        facts = runtime().service.facts(db, subject, today())
        context, number = surroundings(db, form, subject, facts, who), case_number(db, subject)
    return _printed(form, context, runtime().library.files, number)


def task(step_id: str) -> Response:
    """The form of a task, for whose task it is."""
    with runtime().database.writing() as db:
        view = task_view(runtime(), db, step_id)
        if not may_answer(db, viewer(), view.step):
            raise NotFound
        note_reading(db, viewer(), case_beside(db, viewer(), view.subject), "task", step_id)
        asked = None if is_assisted(db, view) else viewer()  # the sheet is for her, whoever prints it
        context = surroundings(db, view.form, view.subject, view.facts, asked)
        files, number = _files_of(db, view.run_id), case_number(db, view.subject)
    return _printed(view.form, context, files, number)


def _files_of(db: Session, run_id: str) -> Files:
    return db.get_one(DefinitionRow, db.get_one(RunRow, run_id).definition_id).files


def _printed(form: Form, context: Context, files: Files, number: str) -> Response:
    """Printed after the database was let go: a form takes a fifth of a second."""
    rt, version = runtime(), fingerprint(files, form.key)
    roles = {"peer": rt.settings.service.peer_label, **role_titles(rt.service)}
    sheet = blank_sheet(form, context, roles)
    data = {"sheet": sheet, "about": {"case_number": number}}
    printed = rt.press.render(BLANK, data, stamp_of(sheet, version, today()))
    return pdf(printed, form.key, number or today().isoformat())
