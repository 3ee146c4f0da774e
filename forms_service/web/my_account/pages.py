"""«Min konto»: change the password, see the latest sign-ins, and sign out everywhere."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.accounts.access import sign_out_everywhere
from forms_service.accounts.change import change_password
from forms_service.accounts.events import By
from forms_service.accounts.listed import latest_events, one
from forms_service.accounts.tries import Entry, is_hers
from forms_service.texts import say
from forms_service.web.current import hasher, now, runtime, viewer
from forms_service.web.sign_in.chosen import faults_in_choice
from forms_service.web.sign_in.door import start_session
from forms_service.web.sign_in.lasting import begin, way_now

blueprint = Blueprint("my_account", __name__, url_prefix="/konto")
LATEST = 10


@blueprint.get("")
def mine() -> str:
    return _page({})


@blueprint.post("/passord")
def change() -> Response | tuple[str, int]:
    """The session goes on under a new id; all others have ended."""
    with runtime().database.reading() as db:
        me = one(db, viewer().person_id, now())
    if me.account is None or me.account.password is None:
        abort(404)
    errors = faults_in_choice(me.person) or _fault_in_old(me.person.id)
    if errors:
        return _page(errors), 422
    number = change_password(runtime(), hasher(), me.person.id, request.form["password"])
    start_session(Entry(me.person.id, number), way_now())
    flash("password_changed", "success")
    return redirect(url_for("my_account.mine"), 303)


@blueprint.post("/logg-ut-overalt")
def leave_everywhere() -> Response:
    """Here, too: whoever is afraid that somebody else is in wants to be sure that nobody is."""
    person_id = viewer().person_id
    sign_out_everywhere(runtime(), person_id, By(person_id))
    begin()
    flash("signed_out_everywhere", "success")
    return redirect(url_for("sign_in.choose"), 303)


def _fault_in_old(person_id: str) -> dict[str, str]:
    old = request.form.get("old", "")
    if not old:
        return {"old": say("accounts.password.missing")}
    return {} if is_hers(runtime(), hasher(), person_id, old) else {"old": say("accounts.password.wrong")}


def _page(errors: dict[str, str]) -> str:
    with runtime().database.reading() as db:
        me = one(db, viewer().person_id, now())
        events = latest_events(db, me.person.id, LATEST)
    return render_template("my_account/mine.html", me=me, events=events, errors=errors)
