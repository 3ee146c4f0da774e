"""The one door: whoever a way of signing in has found comes in here."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, redirect, request, url_for
from flask_login import login_user  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from forms_service.accounts.tries import Entry
from forms_service.storage.people import PersonRow
from forms_service.web.current import runtime
from forms_service.web.sign_in.account import account_of
from forms_service.web.sign_in.lasting import begin
from forms_service.web.traces.kinds import LED_ELSEWHERE, note


def let_in(entry: Entry, way: str) -> Response:
    """On to where she wanted to go. A second factor is asked for before this, for there is no session until here."""
    start_session(entry, way)
    return redirect(wanted(request.form.get("neste")) or url_for("desk.home"))


def start_session(entry: Entry, way: str) -> None:
    with runtime().database.reading() as db:
        account = account_of(db.get(PersonRow, entry.person_id))
    if account is None:
        abort(400)
    begin(way, entry.sessions)
    login_user(account)


def wanted(path: str | None) -> str:
    """Only an address on this site, so that nobody is led elsewhere after signing in; else empty.

    Browsers read a backslash as a slash, and leave out line breaks and tabs wherever they stand.
    """
    if not path:
        return ""
    if not _is_ours(path):
        note(LED_ELSEWHERE)
        return ""
    return path


def _is_ours(path: str) -> bool:
    if not path.startswith("/") or path.startswith("//") or not path.isprintable() or "\\" in path:
        return False
    parts = urlsplit(path)
    return not (parts.scheme or parts.netloc)
