"""Answering a task that waits for the person who is signed in: her own, or somebody else's together or from paper."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.casework.access import may_answer, may_open
from forms_service.casework.access.handing import may_hand_on
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Role
from forms_service.engine.drafts.draft import Draft, Place
from forms_service.engine.drafts.find import find
from forms_service.engine.look import TaskView, task_view
from forms_service.engine.service import Actor
from forms_service.engine.submit import answer_task
from forms_service.errors import NotFound
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.current import runtime, viewer
from forms_service.web.desk.reminders import reminders_of_one
from forms_service.web.forms.about import case_beside, looking, note_reading
from forms_service.web.forms.asked import is_assisted
from forms_service.web.forms.asked_again import earlier_answers, refusal_of
from forms_service.web.forms.carry import keeps_what_was_typed
from forms_service.web.forms.follow import may_follow, sees_subject
from forms_service.web.forms.keeping import me
from forms_service.web.forms.language import in_bokmal, in_chosen_language, languages_of, suggested
from forms_service.web.forms.sending import take
from forms_service.web.forms.sheet import Sheet
from forms_service.web.forms.surroundings import surroundings


@keeps_what_was_typed
def task(step_id: str) -> Response:
    """The form of one task, for whose task it is. One that is answered leads to what became of it."""
    return _answer(step_id, from_paper=False)


@keeps_what_was_typed
def from_paper(step_id: str) -> Response:
    """The same form, to type in what somebody else has answered on paper."""
    return _answer(step_id, from_paper=True)


def _answer(step_id: str, *, from_paper: bool) -> Response:
    with looking() as db:
        view = task_view(runtime(), db, step_id)
        if view.step.status == "waiting":
            _insist(may_answer(db, viewer(), view.step))
        elif request.method == "POST":
            _insist(_was_hers(view.step) and sees_subject(db, viewer(), view.subject))
        elif not (
            _was_hers(view.step) and sees_subject(db, viewer(), view.subject) and _draft(db, step_id, from_paper)
        ):
            _insist(_was_hers(view.step) and may_follow(db, viewer(), view.run_id))
            return redirect(url_for("forms.receipt", run_id=view.run_id))
        sheet = _sheet(db, view, from_paper)
    return take(sheet)


def _draft(db: Session, step_id: str, from_paper: bool) -> Draft | None:
    return find(runtime(), db, me(), _key(step_id, from_paper))


def _key(step_id: str, from_paper: bool) -> str:
    return f"{'paper' if from_paper else 'task'}:{step_id}"


def _sheet(db: Session, view: TaskView, from_paper: bool) -> Sheet:
    step_id, form = view.step.id, in_chosen_language(view.form)
    assisted = is_assisted(db, view)
    _insist(assisted or not from_paper)
    case = case_beside(db, viewer(), view.subject)
    note_reading(db, viewer(), case, "task", step_id)
    run, key = db.get_one(RunRow, view.run_id), _key(step_id, from_paper)
    via = "paper" if from_paper else "assisted" if assisted else "signed_in"
    actor, version = Actor(viewer().person_id, viewer().role, via), run.definition_id
    place = Place(me(), key, run.workflow, form.key, version, view.subject)
    return Sheet(
        form=form,
        context=surroundings(db, form, view.subject, view.facts, viewer()),
        key=key,
        template="forms/task.html",
        prefill=earlier_answers(db, view),
        around={
            "case": case,
            "task": view.step,
            "paused": view.paused,
            "may_hand_on": may_hand_on(db, viewer(), view.step),
            "reminders": reminders_of_one(runtime(), db, view.step),
            "assisted": assisted,
            "from_paper": from_paper,
            "may_see_links": may_see(viewer(), Thing.OUTBOX),
            "refusal": refusal_of(view),
            "shown": view.shown if view.shown and may_open(db, viewer(), view.shown) else None,
        },
        is_over=view.step.status != "waiting",
        place=place,
        draft=_draft(db, step_id, from_paper),
        version=version,
        languages=languages_of(view.form),
        suggested=suggested(view.form),
        send=in_bokmal(lambda nonce, answers: answer_task(runtime(), step_id, nonce, answers, actor, place)),
        done=lambda receipt: _thanks(form.receipt, receipt.run_id),
    )


def _thanks(words: str, run_id: str) -> Response:
    """On to the receipt, or back to her tasks when her part in the run is over."""
    if words:
        flash(words, "success")
    with runtime().database.reading() as db:
        follows = may_follow(db, viewer(), run_id)
    return redirect(url_for("forms.receipt", run_id=run_id) if follows else url_for("desk.home"), 303)


def _insist(hers: bool) -> None:
    if not hers:
        raise NotFound


def _was_hers(step: StepRow) -> bool:
    """A task that somebody was quicker with: whoever could have answered may still get her own words back."""
    if step.role == Role.PARTICIPANT and may_see(viewer(), Thing.ALL_TASKS):
        return True
    if step.person_id:
        return step.person_id == viewer().person_id
    return step.role == viewer().role and step.office_id in {None, viewer().office_id}
