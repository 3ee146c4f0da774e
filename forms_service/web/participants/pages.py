"""Participants, each on one page."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.casework.access import demand
from forms_service.casework.lists.case_file import case_file
from forms_service.casework.releases import give_release, withdraw_release
from forms_service.domain.access import Thing
from forms_service.domain.people import Role
from forms_service.domain.releases import Content
from forms_service.web.current import now, runtime, today, viewer
from forms_service.web.paging import page_in
from forms_service.web.participants.actions import actions_for
from forms_service.web.participants.history import history_of
from forms_service.web.participants.looks import last_looks
from forms_service.web.participants.timeline import ahead, past
from forms_service.web.reads import note_reading

blueprint = Blueprint("participants", __name__)


@blueprint.get("/deltakere/<participant_id>")
def one(participant_id: str) -> str:
    """One participant's case, as much of it as the viewer may see."""
    rt, me = runtime(), viewer()
    with rt.database.writing() as db:
        case = case_file(db, me, participant_id, today())
        history = history_of(rt, db, me, case)
        looks = last_looks(db, me, case.id, rt.zone) if case.may_see(Thing.ACCESS_LOG) else None
        note_reading(db, me, case.id, "participant")
    return render_template(
        "participants/one.html",
        case=case,
        history=history,
        page=page_in(past(case, history, rt.zone)),
        ahead=ahead(case, history, me),
        actions=actions_for(rt, me, case, history.runs),
        contents=list(Content),
        looks=looks,
    )


@blueprint.post("/deltakere/<participant_id>/samtykke")
def release(participant_id: str) -> Response:
    """Record that the participant lets something go to the primary contact, or no longer does."""
    content, decision = request.form.get("content", ""), request.form.get("decision", "")
    if content not in set(Content) or decision not in {"give", "withdraw"}:
        abort(400)
    with runtime().database.writing() as db:
        demand(db, viewer(), Thing.RELEASES, participant_id)
        withdraw_release(db, participant_id, Content(content), Role.PRIMARY_CONTACT, now())
        if decision == "give":
            by = viewer().person_id
            give_release(db, participant_id, Content(content), Role.PRIMARY_CONTACT, now(), recorded_by=by)
    flash("release_given" if decision == "give" else "release_withdrawn", "success")
    return redirect(url_for("participants.one", participant_id=participant_id, _anchor="samtykke"))
