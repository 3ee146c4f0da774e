"""Waiting list and peers."""

from __future__ import annotations

from flask import Blueprint, render_template

from forms_service.casework.lists.peers import capacity, peers
from forms_service.casework.lists.waiting_list import queue_by_office, waiting_list
from forms_service.domain.access import Thing, may_see, may_see_of_somebody
from forms_service.web.current import now, runtime, viewer
from forms_service.web.paging import page_in
from forms_service.web.reads import note_listing

blueprint = Blueprint("matching", __name__)


@blueprint.get("/venteliste")
def waiting() -> str:
    """Numbers per office for all who may open it; names for those who see the participants."""
    me = viewer()
    sees_people = may_see_of_somebody(me, Thing.WAITING_LIST)
    with runtime().database.writing() as db:
        page = page_in(waiting_list(db, me, now()))
        note_listing(db, me, [line.participant_id for line in page.items], "waiting_list")
        return render_template(
            "matching/waiting.html",
            page=page,
            sees_people=sees_people,
            offices=queue_by_office(db, now()),
            capacity=capacity(db) if may_see(me, Thing.FIGURES) else None,
        )


@blueprint.get("/likemenn")
def everyone() -> str:
    with runtime().database.writing() as db:
        page = page_in(peers(db, viewer()))
        note_listing(db, viewer(), [match.participant_id for line in page.items for match in line.matches], "peers")
        return render_template("matching/peers.html", page=page, capacity=capacity(db))
