"""Absences: one's own under «Min konto», and for whoever looks after it those of all."""

from __future__ import annotations

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.accounts.absence import HERE, absence_of, absences, keep_absence, stand_ins_for
from forms_service.accounts.events import By
from forms_service.errors import NotFound
from forms_service.storage.people import PersonRow
from forms_service.texts import say
from forms_service.web.absence.fields import read
from forms_service.web.absence.people import MOST, people_called
from forms_service.web.absence.waiting import for_stand_in, hand_all
from forms_service.web.current import actor, runtime, today, viewer
from forms_service.web.paging import page_of

blueprint = Blueprint("absence", __name__)
LONGEST = 100
"""Letters of a name that is looked for."""


@blueprint.route("/konto/fravaer", methods=["GET", "POST"])
def mine() -> Response:
    return _answer(viewer().person_id)


@blueprint.post("/konto/fravaer/oppgaver")
def hand_on_mine() -> Response:
    return _hand_on(viewer().person_id)


@blueprint.route("/fravaer", methods=["GET", "POST"])
def everyone() -> Response:
    """Who is away or will be; ``?hvem=`` leads to somebody's own page. A name is posted: no address holds one."""
    if request.args.get("hvem"):
        return redirect(url_for("absence.one", person_id=request.args["hvem"]))
    text = request.form.get("navn", "")[:LONGEST].replace("\0", "").strip()
    with runtime().database.reading() as db:
        people = people_called(db, text)
        page = page_of(db, absences(today()), lambda row: row[0])
        names = {
            each.id: each.name for each in db.scalars(select(PersonRow).where(PersonRow.id.in_(_named(page.items))))
        }
        return make_response(
            render_template("absence/everyone.html", page=page, names=names, text=text, people=people, most=MOST)
        )


@blueprint.route("/fravaer/<person_id>", methods=["GET", "POST"])
def one(person_id: str) -> Response:
    return _answer(person_id)


@blueprint.post("/fravaer/<person_id>/oppgaver")
def hand_on(person_id: str) -> Response:
    return _hand_on(person_id)


def _named(people: list[PersonRow]) -> list[str]:
    return [each.stand_in_id for each in people if each.stand_in_id]


def _answer(person_id: str) -> Response:
    with runtime().database.reading() as db:
        person = _person(db, person_id)
        stand_ins = stand_ins_for(db, person)
    if request.method != "POST":
        return _page(person_id, {})
    if request.form.get("do") == "end":
        keep_absence(runtime(), person_id, HERE, By(viewer().person_id))
        return _back(person_id, "absence_ended")
    absence, errors = read(request.form, absence_of(person), {each.id for each in stand_ins}, today())
    if errors:
        return _page(person_id, errors)
    keep_absence(runtime(), person_id, absence, By(viewer().person_id))
    return _back(person_id, "absence_saved")


def _hand_on(person_id: str) -> Response:
    """All that waits for her by name, to whoever the page has named as her stand-in."""
    with runtime().database.reading() as db:
        person = _person(db, person_id)
        tasks = for_stand_in(db, person)
    if person.stand_in_id is None or request.form.get("stand_in") != person.stand_in_id:
        abort(400)
    handed = hand_all(runtime(), tasks, person.stand_in_id, say("absence.why"), actor())
    words = say("handing.one") if handed == 1 else say("handing.all", n=handed) if handed else say("handing.none")
    return _back(person_id, words)


def _person(db: Session, person_id: str) -> PersonRow:
    person = db.get(PersonRow, person_id)
    if person is None or not person.active:
        raise NotFound
    return person


def _back(person_id: str, said: str) -> Response:
    flash(said, "success")
    return redirect(request.path.removesuffix("/oppgaver"), 303)


def _page(person_id: str, errors: dict[str, str]) -> Response:
    with runtime().database.reading() as db:
        person = _person(db, person_id)
        stand_ins = stand_ins_for(db, person)
        page = render_template(
            "absence/one.html",
            person=person,
            is_me=person_id == viewer().person_id and request.path.startswith("/konto"),
            stand_ins=stand_ins,
            stand_in=next((each for each in stand_ins if each.id == person.stand_in_id), None),
            waiting=len(for_stand_in(db, person)),
            today=today(),
            errors=errors,
            typed=request.form,
        )
    return make_response(page, 422 if errors else 200)
