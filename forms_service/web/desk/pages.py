"""What waits for the person who is signed in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.casework.lists.participants import participants
from forms_service.domain.access import Relation, Thing, relations_that_show
from forms_service.domain.people import Role, Viewer
from forms_service.web.current import now, runtime, viewer
from forms_service.web.desk.starts import startable, started_by
from forms_service.web.desk.tasks import page_of_tasks
from forms_service.web.desk.views import View, choices, views
from forms_service.web.drafts.mine import my_drafts
from forms_service.web.reads import note_listing
from forms_service.web.records.startable import startable_about

blueprint = Blueprint("desk", __name__)
HOMES: dict[str, str] = {
    Role.PRIMARY_CONTACT: "inbox.mine",
    Role.PROJECT_LEAD: "matching.waiting",
    Role.ADMIN: "operations.overview",
}
"""Where those who have no cases begin; all others begin with their tasks."""


@blueprint.get("/")
def home() -> Response:
    return redirect(url_for(HOMES.get(viewer().role, "desk.tasks")))


@blueprint.get("/oppgaver")
def tasks() -> str:
    """What waits for the viewer, or what else she has chosen to look at; beside her own tasks what she can begin."""
    rt, me = runtime(), viewer()
    with rt.database.writing() as db:
        offered = views(me, now(), rt.zone)
        view = View(chosen) if (chosen := request.args.get("vis", View.MINE)) in offered else View.MINE
        return render_template(
            "desk/tasks.html",
            page=page_of_tasks(rt, db, me, offered[view]),
            view=view.value,
            choices=choices(db, offered),
            **(_beside_own(db, me) if view == View.MINE else {}),
        )


def _beside_own(db: Session, me: Viewer) -> dict[str, object]:
    """What only the first of the views shows."""
    rt = runtime()
    own = participants(db, me) if _walks_beside_somebody(me) else []
    note_listing(db, me, [each.id for each in own], "own_participants")
    return {
        "starts": startable(rt, me),
        "started": started_by(rt, db, me),
        "own_participants": own,
        "drafts": len(my_drafts(db, me)),
        "has_register": bool(startable_about(rt, me)),
    }


def _walks_beside_somebody(me: Viewer) -> bool:
    """Who sees participants by her own matches has few, and has them at hand."""
    return Relation.OWN_MATCH in relations_that_show(me.role, Thing.PARTICIPANT_PAGE)
