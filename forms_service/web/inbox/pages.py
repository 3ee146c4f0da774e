"""Documents that were delivered to the person who is signed in; opening one marks it as read."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from sqlalchemy import func, select

from forms_service.casework.lists.inbox import ChosenInbox, InboxLine, inbox_lines
from forms_service.casework.lists.spreadsheet import spreadsheet
from forms_service.texts import say
from forms_service.web.as_file import csv_file, of_today
from forms_service.web.choosing import chosen, kept, yes_or_no
from forms_service.web.current import runtime, viewer
from forms_service.web.paging import MOST_COUNTED, page_of
from forms_service.web.reads import note_listing
from forms_service.web.words import iso, stored_title

blueprint = Blueprint("inbox", __name__)
HEADS = ("number", "title", "case", "delivered", "opened")
NEWEST, OLDEST = "nyeste", "eldste"


@blueprint.get("/innboks")
def mine() -> str:
    me, how = viewer(), _chosen()
    unread = inbox_lines(me, ChosenInbox(read=False)).order_by(None).limit(MOST_COUNTED).subquery()
    with runtime().database.writing() as db:
        page = page_of(db, inbox_lines(me, how), lambda row: InboxLine(*row))
        note_listing(db, me, [each.participant_id for each in page.items], "inbox")
        return render_template(
            "inbox/mine.html",
            page=page,
            chosen=how,
            kept=kept("vis", "sorter"),
            unread=db.scalar(select(func.count()).select_from(unread)),
        )


@blueprint.get("/innboks.csv")
def as_file() -> Response:
    """Which documents she has got, by numbers: whoever may not take along a list of names gets none this way."""
    with runtime().database.writing() as db:
        lines = [InboxLine(*row) for row in db.execute(inbox_lines(viewer(), _chosen()))]
        note_listing(db, viewer(), [line.participant_id for line in lines], "inbox_file")
    return csv_file(_file(lines), of_today("innboks"))


def _file(lines: list[InboxLine]) -> bytes:
    day = runtime().day
    rows = (
        (
            line.number,
            stored_title(line.title),
            line.case_number or "",
            iso(day(line.delivered_at)),
            iso(day(line.opened_at)) if line.opened_at else "",
        )
        for line in lines
    )
    return spreadsheet([say(f"inbox.heads.{head}") for head in HEADS], rows)


def _chosen() -> ChosenInbox:
    return ChosenInbox(yes_or_no("vis", "leste", "uleste"), chosen("sorter", (NEWEST, OLDEST)) == OLDEST)
