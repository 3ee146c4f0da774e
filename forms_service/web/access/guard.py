"""Before every page: the table's line is held, so that no page can forget it."""

from __future__ import annotations

import logging

from flask import Flask, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from forms_service.errors import NotFound
from forms_service.web.access.line import Line
from forms_service.web.access.may_open import leads_somewhere, line_of, opens, shows
from forms_service.web.current import viewer_or_nobody
from forms_service.web.forms.carry import carry, keeps_what_was_typed
from forms_service.web.forms.room import give_room
from forms_service.web.traces.kinds import SIGNED_OUT, UNCALLED_FOR, UNKNOWN_SESSION, note

log = logging.getLogger("forms_service.web")


def guard(app: Flask) -> None:
    """Hold all pages of ``app`` to their lines, and let templates ask the same table."""
    app.before_request(_hold)
    app.jinja_env.globals.update(leads_somewhere=leads_somewhere, shows=shows)


def _hold() -> Response | None:
    """Without an endpoint there is no page. A form that is refused gives back what was typed."""
    if request.endpoint is None:
        return None
    if request.blueprint == "forms":
        return keeps_what_was_typed(_ask)(request.endpoint)
    return _ask(request.endpoint)


def _ask(endpoint: str) -> Response | None:
    """What is not hers looks as if it did not exist."""
    line = line_of(endpoint)
    if line is None:
        log.error("No line for %s in forms_service/web/access/table.py: it opens for nobody", endpoint)
        raise NotFound
    if line.is_open:
        return None
    return _refuse(line)


def _refuse(line: Line) -> Response | None:
    viewer = viewer_or_nobody()
    if viewer is None:
        return _who_are_you()
    if not opens(viewer, line, request.view_args or {}):
        note(UNCALLED_FOR)
        raise NotFound
    return None


def _who_are_you() -> Response:
    """A form that is sent after the session has ended comes back; from everywhere else it is on to signing in."""
    if request.blueprint == "forms" and request.method == "POST" and request.endpoint != "forms.press":
        give_room()  # as for the form itself, which this comes before
        return carry("signed_out", 401)
    note(UNKNOWN_SESSION if _brings_a_session() else SIGNED_OUT)
    wanted = _here() if request.method in ("GET", "HEAD") and request.path != "/" else None
    return redirect(url_for("sign_in.choose", neste=wanted))


def _brings_a_session() -> bool:
    """A cookie that nobody is signed in by: one that we never made, or whose session is over."""
    came = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return came and ("_user_id" in session or not session)


def _here() -> str:
    return request.full_path if request.query_string else request.path
