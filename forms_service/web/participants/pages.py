"""Participants, each on one page."""

from __future__ import annotations

from flask import Blueprint, render_template

from forms_service.casework.access import openable_documents
from forms_service.casework.lists.case_file import case_file
from forms_service.casework.timeline.newest import offered
from forms_service.domain.access import Thing
from forms_service.domain.releases import Content
from forms_service.web.current import runtime, today, viewer
from forms_service.web.participants.actions import actions_for
from forms_service.web.participants.ahead import ahead, runs_under_way
from forms_service.web.participants.looks import last_looks
from forms_service.web.participants.notes import strike
from forms_service.web.participants.release import release
from forms_service.web.participants.standing import standing
from forms_service.web.participants.timeline import chosen_day, entries, line_of
from forms_service.web.reads import note_reading

blueprint = Blueprint("participants", __name__)
blueprint.add_url_rule("/deltakere/<participant_id>/saken", view_func=standing)
blueprint.add_url_rule("/deltakere/<participant_id>/notater", view_func=strike, methods=["POST"])
blueprint.add_url_rule("/deltakere/<participant_id>/samtykke", view_func=release, methods=["POST"])
FEW = 8
"""Documents beside the line of time; all of them stand on it."""


@blueprint.get("/deltakere/<participant_id>")
def one(participant_id: str) -> str:
    """One participant's case, as much of it as the viewer may see."""
    rt, me = runtime(), viewer()
    with rt.database.writing() as db:
        case = case_file(db, me, participant_id, today())
        documents = openable_documents(db, me, case.id)
        line = line_of(rt, me, case, None if documents.is_every_one else [each.id for each in documents.lines])
        page = entries(rt, db, line)
        runs = runs_under_way(db, case)
        waits = ahead(rt, db, me, case, runs)
        looks = last_looks(db, me, case.id, rt.zone) if case.may_see(Thing.ACCESS_LOG) else None
        note_reading(db, me, case.id, "participant")
    return render_template(
        "participants/one.html",
        case=case,
        documents=documents.lines[:FEW],
        all_documents=len(documents.lines),
        page=page,
        chosen=line.chosen,
        until=chosen_day(),
        choices=offered(case),
        ahead=waits,
        actions=actions_for(rt, me, case, [run.workflow for run in runs]),
        has_picture=bool(runs) and case.may_see(Thing.ALL_TASKS),
        contents=list(Content),
        today=today(),
        looks=looks,
    )
