"""What waits for the person who is signed in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms_service.casework.lists.participants import participants
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Role
from forms_service.web.current import now, runtime, viewer
from forms_service.web.desk.starts import startable, started_by
from forms_service.web.desk.tasks import my_tasks, tasks_of_others
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
    """What waits for the viewer, what she can begin, and what waits for others where she carries the service."""
    rt, me = runtime(), viewer()
    with rt.database.writing() as db:
        own = participants(db, me) if me.role == Role.PEER else []
        note_listing(db, me, [each.id for each in own], "own_participants")
        return render_template(
            "desk/tasks.html",
            page=my_tasks(db, me, now(), rt.zone),
            others=tasks_of_others(db, me, now(), rt.zone) if may_see(me, Thing.ALL_TASKS) else None,
            starts=startable(rt, me),
            started=started_by(rt, db, me),
            own_participants=own,
            drafts=len(my_drafts(db, me)),
            has_register=bool(startable_about(rt, me)),
        )
