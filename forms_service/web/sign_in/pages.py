"""Who you are: signing in as one of the demo's invented people, and out again."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import login_user, logout_user  # type: ignore[import-untyped]
from sqlalchemy import select
from werkzeug.wrappers import Response

from forms_service.domain.people import Role
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.web.current import public, runtime
from forms_service.web.sign_in.account import account_of
from forms_service.web.sign_in.lasting import DEMO, begin, is_demo

blueprint = Blueprint("sign_in", __name__)
ORDER: tuple[str, ...] = (
    Role.CASEWORKER,
    Role.COORDINATOR,
    Role.PEER,
    Role.PRIMARY_CONTACT,
    Role.PROJECT_LEAD,
    Role.ADMIN,
)
"""Roles of another trade come by their names."""


@blueprint.get("/inn")
@public
def choose() -> str | tuple[str, int]:
    """The demo's people, by role; where there is no demo, how to get an account."""
    if not is_demo():
        return render_template("sign_in/no_account.html"), 404
    return render_template("sign_in/choose.html", groups=_people_by_role(), wanted=_wanted(request.args.get("neste")))


@blueprint.post("/inn")
@public
def enter() -> Response:
    if not is_demo():
        abort(404)
    with runtime().database.reading() as db:
        account = account_of(db.get(PersonRow, request.form.get("person", "")))
    if account is None:
        abort(400)
    begin(DEMO)
    login_user(account)
    return redirect(_wanted(request.form.get("neste")) or url_for("desk.home"))


@blueprint.post("/ut")
@public
def leave() -> Response:
    logout_user()
    begin()
    flash("signed_out", "success")
    return redirect(url_for("sign_in.choose"))


def _wanted(path: str | None) -> str:
    """Only an address on this site, so that nobody is led elsewhere after signing in; else empty.

    Browsers read a backslash as a slash, and leave out line breaks and tabs wherever they stand.
    """
    if not path or not path.startswith("/") or path.startswith("//") or not path.isprintable() or "\\" in path:
        return ""
    parts = urlsplit(path)
    return "" if parts.scheme or parts.netloc else path


def _people_by_role() -> list[tuple[str, list[tuple[PersonRow, str | None]]]]:
    """[(role, [(person, name of the office)])] in the order in which a newcomer should try them."""
    known = runtime().service.vocabulary.roles
    roles = [*(role for role in ORDER if role in known), *sorted(known - set(ORDER))]
    people = (
        select(PersonRow, OfficeRow.name)
        .outerjoin(OfficeRow, OfficeRow.id == PersonRow.office_id)
        .where(PersonRow.active, PersonRow.role.in_(roles))
        .order_by(OfficeRow.name, PersonRow.name)
    )
    with runtime().database.reading() as db:
        found = [(person, office) for person, office in db.execute(people)]
    found.sort(key=lambda pair: roles.index(pair[0].role))
    return [(role, list(group)) for role, group in groupby(found, key=lambda pair: pair[0].role)]
