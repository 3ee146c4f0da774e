"""Starting a workflow: with a form, or with a button where there is none."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms_service.casework.access import tasks_of
from forms_service.engine.drafts.draft import Draft, Place
from forms_service.engine.drafts.find import find
from forms_service.engine.edition import Edition
from forms_service.engine.look import StartView, start_view
from forms_service.engine.service import Subject
from forms_service.engine.submit import start_with_button, start_with_form
from forms_service.errors import NotFound
from forms_service.forms.fill import Filled, typed
from forms_service.storage.runs import StepRow
from forms_service.web.current import actor, runtime, today, viewer
from forms_service.web.forms.about import CaseBeside, case_beside, demand_subject, looking, note_reading, subject_from
from forms_service.web.forms.carry import keeps_what_was_typed
from forms_service.web.forms.keeping import me
from forms_service.web.forms.language import in_bokmal, in_chosen_language, languages_of, suggested
from forms_service.web.forms.nonce import is_nonce, nonce_for, use_up
from forms_service.web.forms.offered import is_offered, is_under_way, show_not_now
from forms_service.web.forms.sending import take
from forms_service.web.forms.sheet import Sheet
from forms_service.web.forms.surroundings import surroundings
from forms_service.web.forms.typed_back import is_somebody_elses, show_somebody_elses
from forms_service.web.forms.version import edition_to_fill_in


@keeps_what_was_typed
def start(workflow: str) -> Response:
    """The form that starts a workflow, for the roles that may start it, about what ``?om=`` says."""
    found, subject = _wanted(workflow)
    if found.form is None:
        raise NotFound
    with looking() as db:
        case = _looked_at(db, subject, workflow)
        draft = find(runtime(), db, me(), _key(workflow, subject))
        sheet = _sheet(db, edition_to_fill_in(db, found.workflow, draft), subject, case, draft)
        if not is_offered(db, viewer(), workflow, subject, case):
            return show_somebody_elses() if is_somebody_elses() else show_not_now(found.workflow, case, _typed(sheet))
    return take(sheet)


def confirm(workflow: str) -> Response:
    """A page with the button that starts a workflow without a form."""
    found, subject = _wanted(workflow)
    if found.form is not None:
        raise NotFound
    with looking() as db:
        case = _looked_at(db, subject, workflow)
        if not is_offered(db, viewer(), workflow, subject, case):
            return show_not_now(found.workflow, case)
    nonce, about = nonce_for(_key(workflow, subject)), _written(subject)
    return make_response(
        render_template("forms/confirm.html", workflow=found.workflow, case=case, nonce=nonce, about=about)
    )


def press(workflow: str) -> Response:
    """The button: straight to the first task when it is the viewer's, else to the receipt."""
    found, subject = _wanted(workflow)
    if found.form is not None:
        raise NotFound
    with runtime().database.reading() as db:
        demand_subject(db, viewer(), subject)
        case = case_beside(db, viewer(), subject)
        if not (is_under_way(db, workflow, subject) or is_offered(db, viewer(), workflow, subject, case)):
            return show_not_now(found.workflow, case)
    key, nonce = _key(workflow, subject), request.form.get("_nonce", "")
    nonce = nonce if is_nonce(nonce) else nonce_for(key)
    receipt = start_with_button(runtime(), workflow, nonce, subject, actor())
    use_up(key, nonce)
    return redirect(_onward(receipt.run_id), 303)


def _wanted(workflow: str) -> tuple[StartView, Subject]:
    found = start_view(runtime(), workflow)
    if viewer().role not in found.workflow.start.by:
        raise NotFound
    return found, subject_from(request.values.get("om", ""), found.workflow.about)


def _sheet(db: Session, edition: Edition, subject: Subject, case: CaseBeside | None, draft: Draft | None) -> Sheet:
    workflow, version = edition.workflow.key, edition.id
    asked = edition.definitions.forms[edition.workflow.start.form]
    form = in_chosen_language(asked)
    facts = runtime().service.facts(db, subject, today())
    place = Place(me(), _key(workflow, subject), workflow, form.key, version, subject)
    return Sheet(
        form=form,
        context=surroundings(db, form, subject, facts, viewer()),
        key=place.key,
        template="forms/start.html",
        around={"case": case, "workflow": edition.workflow},
        can_be_sent_again=True,
        version=version,
        languages=languages_of(asked),
        suggested=suggested(asked),
        place=place,
        draft=draft,
        send=in_bokmal(
            lambda nonce, answers: start_with_form(runtime(), workflow, nonce, answers, subject, actor(), place)
        ),
        done=lambda receipt: _thanks(form.receipt, receipt.run_id),
    )


def _thanks(words: str, run_id: str) -> Response:
    if words:
        flash(words, "success")
    return redirect(url_for("forms.receipt", run_id=run_id), 303)


def _typed(sheet: Sheet) -> Filled:
    """What was posted, else what stands in the draft."""
    before = sheet.draft.typed if sheet.draft else ()
    return typed(sheet.form, sheet.context, MultiDict(request.form if request.method == "POST" else before))


def _looked_at(db: Session, subject: Subject, workflow: str) -> CaseBeside | None:
    """The case beside the form; that it was seen is logged."""
    demand_subject(db, viewer(), subject)
    case = case_beside(db, viewer(), subject)
    note_reading(db, viewer(), case, "form", workflow)
    return case


def _onward(run_id: str) -> str:
    hers = tasks_of(viewer()).with_only_columns(StepRow.id).where(StepRow.run_id == run_id)
    with runtime().database.reading() as db:
        task_id = db.scalar(hers.order_by(StepRow.created_at).limit(1))
    return url_for("forms.task", step_id=task_id) if task_id else url_for("forms.receipt", run_id=run_id)


def _key(workflow: str, subject: Subject) -> str:
    return f"start:{workflow}:{_written(subject)}"


def _written(subject: Subject) -> str:
    return f"{subject.kind}:{subject.id}" if subject.kind else ""
