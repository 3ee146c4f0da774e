"""«Lenken»: what somebody without an account was sent, and the buttons that end it or send a new one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.engine.look import TaskView, task_view
from forms_service.engine.operate.links import send_link, withdraw_link
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyAnswered, NotFound, NoWay, RecipientMissing
from forms_service.web.current import actor, runtime, viewer
from forms_service.web.forms.asked import asked, is_meant_for_a_guest
from forms_service.web.links.sent import sent_links
from forms_service.web.reads import note_reading

blueprint = Blueprint("links", __name__)
DECISIONS: dict[str, Callable[[Runtime, str, str, Actor], None]] = {"withdraw": withdraw_link, "send": send_link}
"""What a button of the page does."""


@blueprint.get("/oppgaver/<step_id>/lenke")
def link(step_id: str) -> str:
    with runtime().database.writing() as db:
        view = _view(db, step_id)
        case = runtime().service.participant_id(db, view.subject)
        if case:
            note_reading(db, viewer(), case, "link", step_id)
        found = sent_links(db, view)
    return render_template("links/one.html", task=view, links=found, participant_id=case)


@blueprint.post("/oppgaver/<step_id>/lenke")
def decide(step_id: str) -> Response:
    """Of two who press, or one who presses twice, the second is told that it is done."""
    decision = request.form.get("decision", "")
    if decision not in DECISIONS:
        abort(400)
    try:
        DECISIONS[decision](runtime(), step_id, request.form.get("link", ""), actor())
        flash(f"link_{decision}", "success")
    except AlreadyAnswered:
        flash("act_too_late", "info")
    except (NoWay, RecipientMissing):
        flash("link_no_way", "warning")
    return redirect(url_for("links.link", step_id=step_id), 303)


def _view(db: Session, step_id: str) -> TaskView:
    view = task_view(runtime(), db, step_id)
    if not is_meant_for_a_guest(asked(db, view)):
        raise NotFound
    return view
