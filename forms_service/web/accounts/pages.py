"""«Kontoer»: everybody who can sign in, or could; invite, send again, unlock, close, open again."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from forms_service.accounts.access import close, reopen, unlock
from forms_service.accounts.events import By
from forms_service.accounts.invite import invite, withdraw
from forms_service.accounts.letters import undelivered
from forms_service.accounts.listed import everybody, latest_events, listed, newest_letter, one
from forms_service.accounts.newcomer import Newcomer, add_person, roles_here
from forms_service.engine.runtime import Runtime
from forms_service.errors import AccountRefused, AlreadyDone, ReasonMissing
from forms_service.storage.people import OfficeRow
from forms_service.texts import say
from forms_service.web.current import now, runtime, viewer
from forms_service.web.paging import page_of

blueprint = Blueprint("accounts", __name__, url_prefix="/drift/kontoer")
LATEST = 50
DECISIONS: dict[str, Callable[[Runtime, str, By], object]] = {
    "invite": invite,
    "withdraw": withdraw,
    "unlock": unlock,
    "reopen": reopen,
    "close": lambda rt, person_id, by: close(rt, person_id, request.form.get("reason", ""), by),
}
"""What a button of somebody's page does."""
FIELD = {"no_name": "name", "unknown_role": "role", "unknown_office": "office", "no_office": "office"}
"""Where a refusal is told; else at the address."""


@blueprint.get("")
def everyone() -> str:
    with runtime().database.reading() as db:
        return render_template("accounts/everyone.html", page=page_of(db, everybody(now()), listed))


@blueprint.get("/ny")
def new() -> str:
    return _form({})


@blueprint.post("/ny")
def add() -> Response | tuple[str, int]:
    told = {name: request.form.get(name, "") for name in ("name", "email", "role", "office", "new_office")}
    try:
        person_id = add_person(runtime(), Newcomer(**told))
    except AccountRefused as error:
        return _form({FIELD.get(error.reason, "email"): _words(error)}), 422
    return _done(person_id, "invite")


@blueprint.get("/<person_id>")
def person(person_id: str) -> str:
    return _page(person_id, {})


@blueprint.post("/<person_id>")
def decide(person_id: str) -> Response | tuple[str, int]:
    decision = request.form.get("decision", "")
    if decision not in DECISIONS:
        abort(400)
    try:
        return _done(person_id, decision)
    except ReasonMissing:
        return _page(person_id, {"reason": say("accounts.refused.no_reason")}), 422


def _done(person_id: str, decision: str) -> Response:
    """Of two who press, or one who presses twice, the second is told that it is done."""
    try:
        DECISIONS[decision](runtime(), person_id, By(viewer().person_id))
        flash(f"account_{decision}", "success")
    except AlreadyDone:
        flash("act_too_late", "info")
    except AccountRefused as error:
        flash(_words(error), "warning")
    return redirect(url_for("accounts.person", person_id=person_id), 303)


def _words(error: AccountRefused) -> str:
    return say(f"accounts.refused.{error.reason}")


def _form(errors: dict[str, str]) -> str:
    with runtime().database.reading() as db:
        offices = list(db.scalars(select(OfficeRow).where(OfficeRow.active).order_by(OfficeRow.name)))
    roles = roles_here(runtime())
    return render_template("accounts/new.html", offices=offices, roles=roles, errors=errors, typed=request.form)


def _page(person_id: str, errors: dict[str, str]) -> str:
    with runtime().database.reading() as db:
        found = one(db, person_id, now())
        events = latest_events(db, person_id, LATEST)
        is_stuck = undelivered(newest_letter(db, person_id))
    return render_template(
        "accounts/one.html", each=found, events=events, is_stuck=is_stuck, errors=errors, typed=request.form
    )
