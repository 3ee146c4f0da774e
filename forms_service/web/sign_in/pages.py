"""Who you are: signing in and out."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import logout_user  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from forms_service.accounts.listed import anybody_has_one
from forms_service.web.current import runtime, viewer_or_nobody
from forms_service.web.sign_in.demo import is_demo, people_by_role
from forms_service.web.sign_in.door import let_in, wanted
from forms_service.web.sign_in.ended import end_session
from forms_service.web.sign_in.forgotten import forgotten, forgotten_sent, send_forgotten
from forms_service.web.sign_in.lasting import begin
from forms_service.web.sign_in.link import choose_password, show_link
from forms_service.web.sign_in.password import faults_in_form
from forms_service.web.sign_in.ways import WAYS, way_asked_for

blueprint = Blueprint("sign_in", __name__)
blueprint.add_url_rule("/glemt-passord", view_func=forgotten)
blueprint.add_url_rule("/glemt-passord", view_func=send_forgotten, methods=["POST"])
blueprint.add_url_rule("/glemt-passord/sendt", view_func=forgotten_sent)
blueprint.add_url_rule("/konto/lenke/<token>", view_func=show_link)
blueprint.add_url_rule("/konto/lenke/<token>", view_func=choose_password, methods=["POST"])


@blueprint.get("/inn")
def choose() -> str:
    """E-mail and password; in a demo its people, and the other only when somebody has an account."""
    return _page({}, request.args.get("neste"))


@blueprint.post("/inn")
def enter() -> Response | tuple[str, int]:
    way = way_asked_for() or abort(400)
    entry = WAYS[way].who()
    if entry is None:
        return _page(faults_in_form(), request.form.get("neste")), 422
    return let_in(entry, way)


@blueprint.post("/ut")
def leave() -> Response:
    """A copy of the cookie opens nothing either; without a database at least this browser is signed out."""
    try:
        if viewer_or_nobody() is not None:
            end_session()
    finally:
        logout_user()
        begin()
    flash("signed_out", "success")
    return redirect(url_for("sign_in.choose"))


def _page(errors: dict[str, str], after: str | None) -> str:
    known = {"errors": errors, "typed": request.form, "wanted": wanted(after)}
    if not is_demo():
        return render_template("sign_in/enter.html", **known)
    with runtime().database.reading() as db:
        has_accounts = anybody_has_one(db)
    return render_template("sign_in/choose.html", groups=people_by_role(), has_accounts=has_accounts, **known)
