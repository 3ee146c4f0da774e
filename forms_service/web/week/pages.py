"""«Uken»: the first few of each list, each list whole, and the pack for a stand-in."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.casework.access import record_list
from forms_service.casework.week.line import Line
from forms_service.documents.stamp import Stamp
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.spoken import speak
from forms_service.web.current import now, runtime, today, viewer
from forms_service.web.paging import page_of
from forms_service.web.paper.answer import pdf
from forms_service.web.reads import note_listing
from forms_service.web.week.lists import PARTS, lists_of
from forms_service.web.week.pack import pack_of
from forms_service.web.week.span import Span
from forms_service.web.week.steps import titles_of

blueprint = Blueprint("week", __name__)
FEW = 5
PACK = "handover_pack"
WEEKS = (2, 4, 6, 8)
"""How far ahead a pack may look; four weeks unless somebody chooses otherwise."""


@blueprint.get("/uken")
def overview() -> str:
    rt, span = runtime(), _span()
    with rt.database.writing() as db:
        found = {name: listing.first(db, FEW + 1) for name, listing in lists_of(rt, viewer(), span).items()}
        lines = [line for each in found.values() for line in each[:FEW]]
        _note(db, lines)
        titles = titles_of(rt, db, lines)
    told = {"parts": PARTS, "found": found, "titles": titles, "span": span, "few": FEW, "weeks": WEEKS}
    return render_template("week/overview.html", **told)


@blueprint.get("/uken/<name>")
def whole(name: str) -> str:
    """One list in pages; 404 for a word that names none."""
    rt, span = runtime(), _span()
    with rt.database.writing() as db:
        listing = lists_of(rt, viewer(), span).get(name) or abort(404)
        page = page_of(db, listing.query, listing.make)
        _note(db, page.items)
        titles = titles_of(rt, db, page.items)
    return render_template("week/whole.html", name=name, page=page, titles=titles, span=span)


@blueprint.get("/uken/vikarpakke.pdf")
def pack() -> Response:
    """Made while she waits, in bokmål; whoever is in it has been taken along, and the access log says so."""
    speak(SOURCE)
    rt, weeks = runtime(), request.args.get("uker", 4, type=int)
    span = _span(weeks if weeks in WEEKS else 4)
    with rt.database.writing() as db:
        data, participants = pack_of(rt, db, viewer(), span)
        record_list(db, viewer(), participants, PACK, "list", now())
    document = rt.library.current().documents.get(PACK) or abort(404)
    stamp = Stamp(number=span.today.isoformat(), title=document.title, date=span.today)
    return pdf(rt.press.render(document, data, stamp), "vikarpakke", span.today.isoformat())


def _span(weeks: int = 2) -> Span:
    rt = runtime()
    return Span(today(), rt.zone, rt.settings.silence_days, weeks)


def _note(db: Session, lines: Iterable[Line]) -> None:
    """Every participant who is named."""
    note_listing(db, viewer(), [line.participant_id for line in lines if line.participant], "week")
