"""The page behind a one-time link: a password is chosen. Looking at it uses nothing up, for mail scanners look, too."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.accounts.links import open_link, use_link
from forms_service.errors import LinkNotValid
from forms_service.storage.people import PersonRow
from forms_service.web.current import hasher, runtime
from forms_service.web.sign_in.chosen import faults_in_choice
from forms_service.web.sign_in.lasting import begin

Answer = Response | str | tuple[str, int]


def show_link(token: str) -> Answer:
    try:
        return _page(token)
    except LinkNotValid:
        return _closed()


def choose_password(token: str) -> Answer:
    """She signs in with it afterwards; whoever was signed in in this browser is not any more."""
    try:
        errors = faults_in_choice(_person(token))
        if errors:
            return _page(token, errors), 422
        use_link(runtime(), hasher(), token, request.form["password"])
    except LinkNotValid:
        return _closed()
    begin()
    flash("password_set", "success")
    return redirect(url_for("sign_in.choose"), 303)


def _page(token: str, errors: dict[str, str] | None = None) -> str:
    return render_template("sign_in/link.html", person=_person(token), errors=errors or {})


def _person(token: str) -> PersonRow:
    with runtime().database.reading() as db:
        return open_link(runtime(), db, token)[1]


def _closed() -> tuple[str, int]:
    return render_template("sign_in/link_closed.html"), 410
