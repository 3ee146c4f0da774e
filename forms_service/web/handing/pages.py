"""The page on which a task is handed to a colleague: what it is, who can take it, perhaps why, and then it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.casework.access.handing import may_hand_on, who_can_take
from forms_service.domain.access import Thing, may_see
from forms_service.engine.drafts.draft import Owner
from forms_service.engine.drafts.find import find
from forms_service.engine.look import title_of
from forms_service.engine.operate.pass_on import holder_mark, pass_on
from forms_service.engine.service import subject_of
from forms_service.errors import AlreadyDone, NotFound, RecipientMissing
from forms_service.storage.colleagues import away_until
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import EventRow, RunRow, StepRow
from forms_service.texts import say
from forms_service.web.current import actor, runtime, today, viewer
from forms_service.web.paper.case_number import case_number

blueprint = Blueprint("handing", __name__)
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could take the task; ``away_until`` is set when she cannot, because she is away."""

    id: str
    name: str
    is_me: bool
    away_until: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``seen`` names whoever has the task now: what is decided is decided about this."""

    task: StepRow
    title: str
    seen: str
    case_number: str
    holder: str
    is_mine: bool
    has_draft: bool
    colleagues: tuple[Colleague, ...]


@blueprint.route("/oppgaver/<step_id>/gi-videre", methods=["GET", "POST"])
def task(step_id: str) -> Response:
    """NotFound for somebody else's; one that was the viewer's until just now leads back, with words."""
    with runtime().database.reading() as db:
        step = db.get(StepRow, step_id)
        if step is None:
            raise NotFound
        if not may_hand_on(db, viewer(), step):
            return _too_late(db, step)
        sheet = _sheet(db, step)
    if request.method != "POST":
        return _page(sheet, {})
    errors = _faults(sheet)
    return _page(sheet, errors) if errors else _do(sheet)


def _sheet(db: Session, step: StepRow) -> Sheet:
    me = viewer().person_id
    holder = db.get(PersonRow, step.person_id) if step.person_id else None
    run = db.get_one(RunRow, step.run_id)
    return Sheet(
        task=step,
        title=title_of(runtime().library.as_read(db, run.definition_id), step),
        seen=holder_mark(step),
        case_number=case_number(db, subject_of(run)),
        holder=holder.name if holder else "",
        is_mine=step.person_id == me,
        has_draft=find(runtime(), db, Owner(me), f"task:{step.id}") is not None,
        colleagues=tuple(
            Colleague(each.id, each.name, each.id == me, away_until(each, today())) for each in who_can_take(db, step)
        ),
    )


def _faults(sheet: Sheet) -> dict[str, str]:
    errors = {}
    if request.form.get("person", "") not in {each.id for each in sheet.colleagues if not each.away_until}:
        errors["person"] = say("handing.nobody_chosen")
    if len(request.form.get("reason", "").strip()) > LONGEST_REASON:
        errors["reason"] = say("handing.reason_too_long", n=LONGEST_REASON)
    return errors


def _do(sheet: Sheet) -> Response:
    person_id, reason = request.form["person"], request.form.get("reason", "")
    try:
        pass_on(runtime(), sheet.task.id, person_id, request.form.get("seen", sheet.seen), reason, actor())
    except RecipientMissing:
        return _page(sheet, {"person": say("handing.nobody_chosen")})
    except AlreadyDone:
        return _back("handing_too_late", "info")
    return _back("handing_done", "success")


def _too_late(db: Session, step: StepRow) -> Response:
    """Whoever had the task, or gave it away herself, is told that it is gone; for all others it does not exist."""
    me = viewer()
    is_over = step.verb == "ask" and step.status != "waiting"
    was_hers = is_over and (step.person_id == me.person_id or may_see(me, Thing.ALL_TASKS))
    if not was_hers and not _was_handed_on(db, step, me.person_id):
        raise NotFound
    return _back("handing_too_late", "info")


def _was_handed_on(db: Session, step: StepRow, person_id: str) -> bool:
    """By her, or away from her."""
    handed = select(EventRow).where(EventRow.run_id == step.run_id, EventRow.kind == "handed_over")
    events = db.scalars(handed.where(EventRow.path == step.path))
    return any(person_id in {event.person_id, event.detail.get("from")} for event in events)


def _back(said: str, colour: str) -> Response:
    flash(said, colour)
    return redirect(url_for("desk.tasks"), 303)


def _page(sheet: Sheet, errors: dict[str, str]) -> Response:
    page = render_template("handing/task.html", sheet=sheet, errors=errors, typed=request.form, longest=LONGEST_REASON)
    return make_response(page, 422 if errors else 200)
