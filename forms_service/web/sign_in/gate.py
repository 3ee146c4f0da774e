"""Every page asks who you are, unless it says that it is for all."""

from __future__ import annotations

from flask import Flask, current_app, redirect, request, url_for
from flask_login import LoginManager  # type: ignore[import-untyped]
from sqlalchemy import bindparam, select
from werkzeug.wrappers import Response

from forms_service.storage.accounts import AccountRow
from forms_service.storage.people import PersonRow
from forms_service.web.current import runtime, viewer_or_nobody
from forms_service.web.sign_in.account import Account, account_of
from forms_service.web.sign_in.lasting import has_number, note_use, still_counts, way_now
from forms_service.web.sign_in.ways import is_open

KNOWN = select(PersonRow, AccountRow.sessions).outerjoin(AccountRow, AccountRow.person_id == PersonRow.id)
KNOWN = KNOWN.where(PersonRow.id == bindparam("wanted"))


def guard(app: Flask) -> None:
    """Close all pages of ``app`` to those who have not signed in."""
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)
    app.before_request(_ask_who)


def _load(person_id: str) -> Account | None:
    """Read anew for each request, so that ended access ends at once, and so do sessions from before."""
    if not still_counts() or not is_open(way_now()):
        return None
    note_use()
    with runtime().database.reading() as session:
        known = session.execute(KNOWN, {"wanted": person_id}).one_or_none()
    return account_of(known[0]) if known and has_number(known[1] or 0) else None


def _ask_who() -> Response | None:
    if request.endpoint is None or request.endpoint == "static" or is_public(request.endpoint):
        return None
    if viewer_or_nobody() is not None:
        return None
    wanted = _here() if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("sign_in.choose", neste=wanted))


def _here() -> str:
    return request.full_path if request.query_string else request.path


def is_public(endpoint: str) -> bool:
    return bool(getattr(current_app.view_functions.get(endpoint), "is_public", False))
