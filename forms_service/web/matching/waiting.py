"""The waiting list."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, render_template

from forms_service.casework.lists.peers import capacity
from forms_service.casework.lists.spreadsheet import spreadsheet
from forms_service.casework.lists.waiting_list import (
    LONGEST,
    ORDERS,
    STATUSES,
    ChosenWaiting,
    WaitingLine,
    queue_by_office,
    waiting_line,
    waiting_lines,
)
from forms_service.domain.access import Thing, may_see, may_see_of_somebody
from forms_service.texts import say
from forms_service.web.as_file import csv_file, of_today
from forms_service.web.choosing import as_given, chosen, kept
from forms_service.web.current import now, runtime, viewer
from forms_service.web.offices import offices_to_choose
from forms_service.web.paging import page_of
from forms_service.web.reads import note_listing
from forms_service.web.words import answer_choices, iso, participant_status

HEADS = ("case", "name", "office", "since", "days", "status")


def waiting() -> str:
    """Numbers per office for all who may open it; names for those who see the participants."""
    me, how = viewer(), _chosen()
    with runtime().database.writing() as db:
        page = page_of(db, waiting_lines(me, how), lambda row: waiting_line(row, now()))
        note_listing(db, me, [line.participant_id for line in page.items], "waiting_list")
        return render_template(
            "matching/waiting.html",
            page=page,
            sees_people=may_see_of_somebody(me, Thing.WAITING_LIST),
            chosen=how,
            may_take_along=may_see_of_somebody(me, Thing.LIST_TO_TAKE_ALONG),
            kept=kept("kontor", "status", "fase", "sorter"),
            offices_to_choose=offices_to_choose(db, me),
            statuses=[(status, participant_status(status)) for status in STATUSES],
            phases=answer_choices("intake", "phase"),
            offices=queue_by_office(db, now()),
            capacity=capacity(db) if may_see(me, Thing.FIGURES) else None,
        )


def waiting_as_file() -> Response:
    """The list as it is chosen, whole; everybody in it has been looked at."""
    with runtime().database.writing() as db:
        lines = [waiting_line(row, now()) for row in db.execute(waiting_lines(viewer(), _chosen()))]
        note_listing(db, viewer(), [line.participant_id for line in lines], "waiting_list_file")
    return csv_file(_file(lines), of_today("venteliste"))


def _file(lines: Iterable[WaitingLine]) -> bytes:
    rows = (
        (
            line.case_number,
            line.name,
            line.office,
            iso(runtime().day(line.since)),
            str(line.days),
            participant_status(line.status),
        )
        for line in lines
    )
    return spreadsheet([say(f"waiting_list.heads.{head}") for head in HEADS], rows)


def _chosen() -> ChosenWaiting:
    phase = chosen("fase", answer_choices("intake", "phase"))
    return ChosenWaiting(as_given("kontor"), chosen("status", STATUSES), phase, chosen("sorter", ORDERS, LONGEST))
