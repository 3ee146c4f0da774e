"""The list of participants: chosen in the address, searched for in a post, since a name is never part of an address."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session

from forms_service.casework.lists.participants import (
    NEWEST,
    ORDERS,
    Chosen,
    ParticipantLine,
    first_of,
    found_by,
    participant_lines,
)
from forms_service.casework.lists.spreadsheet import spreadsheet
from forms_service.domain.access import Thing, may_see_of_somebody
from forms_service.domain.people import ParticipantStatus
from forms_service.storage.cases import ParticipantRow
from forms_service.texts import say
from forms_service.web.as_file import csv_file, of_today
from forms_service.web.choosing import as_given, chosen
from forms_service.web.current import runtime, viewer
from forms_service.web.offices import offices_to_choose
from forms_service.web.paging import MOST_COUNTED, PAGE_SIZE, Page, counted, place_in
from forms_service.web.peers import peer_word
from forms_service.web.reads import note_listing
from forms_service.web.words import participant_status

blueprint = Blueprint("everyone", __name__)
MOST_FOUND = 50
"""Of more, whoever searches writes a word more."""
LONGEST = 100


@blueprint.get("/deltakere")
def listed() -> str:
    with runtime().database.writing() as db:
        how = _chosen()
        page = _page(db, how)
        note_listing(db, viewer(), [line.id for line in page.items], "participants")
        return render_template("participants/everyone.html", page=page, **_around(db, how))


@blueprint.post("/deltakere")
def searched() -> str:
    """Those who are found are looks, like those in a list."""
    text = request.form.get("sok", "")[:LONGEST].replace("\0", "")
    with runtime().database.writing() as db:
        found = found_by(db, viewer(), text, MOST_FOUND + 1)
        shown = found[:MOST_FOUND]
        note_listing(db, viewer(), [line.id for line in shown], "search")
        around = _around(db, Chosen())
    return render_template(
        "participants/found.html", text=text.strip(), found=shown, is_cut=len(found) > MOST_FOUND, **around
    )


@blueprint.get("/deltakere.csv")
def as_file() -> Response:
    """The list as it is chosen, whole; everybody in it has been looked at."""
    with runtime().database.writing() as db:
        lines = [ParticipantLine(*row) for row in db.execute(participant_lines(viewer(), _chosen()))]
        note_listing(db, viewer(), [line.id for line in lines], "participants_file")
    return csv_file(_file(lines), of_today("deltakere"))


def _file(lines: list[ParticipantLine]) -> bytes:
    peer = peer_word()
    heads = [say(f"participants.heads.{head}") for head in ("case", "name", "office", "status")]
    rows = (
        (line.case_number, line.name, line.office, participant_status(line.status), line.peer or "") for line in lines
    )
    return spreadsheet([*heads, peer.capitalize()], rows)


def _page(db: Session, how: Chosen) -> Page[ParticipantLine]:
    me = viewer()
    place = place_in(counted(db, first_of(me, how, MOST_COUNTED + 1)))
    lines = participant_lines(me, how).where(ParticipantRow.id.in_(first_of(me, how, place.before + PAGE_SIZE)))
    rows = db.execute(lines.limit(PAGE_SIZE).offset(place.before))
    return place.with_items([ParticipantLine(*row) for row in rows])


def _chosen() -> Chosen:
    return Chosen(chosen("status", set(ParticipantStatus)), as_given("kontor"), chosen("sorter", ORDERS, NEWEST))


def _around(db: Session, how: Chosen) -> dict[str, object]:
    """What there is to choose from."""
    return {
        "chosen": how,
        "statuses": [(status, participant_status(status)) for status in ParticipantStatus],
        "offices": offices_to_choose(db, viewer()),
        "may_take_along": may_see_of_somebody(viewer(), Thing.LIST_TO_TAKE_ALONG),
    }
