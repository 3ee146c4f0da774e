"""One line in the log for whatever is refused: what, at which page, to which role. No name, no id, no address."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError

from forms_service.web.current import runtime, viewer_or_nobody
from forms_service.web.errors.reference import reference
from forms_service.web.sign_in.loopback import is_address_here
from forms_service.web.traces.kinds import BY_STATUS, FOREIGN_HOST, ODD_ADDRESS, ORDINARY, note, noted
from forms_service.web.traces.look import note_refused_look

log = logging.getLogger("forms_service.refused")


def leave_traces(app: Flask) -> None:
    """Tell of everything that ``app`` refuses; the reference is the one that the error page shows."""
    app.after_request(_tell)


def _tell(response: Response) -> Response:
    if is_elsewhere():
        note(FOREIGN_HOST)
    if is_odd():
        note(ODD_ADDRESS)
    status = response.status_code
    kinds = noted() or ({BY_STATUS.get(status, str(status))} if 400 <= status < 500 else set())
    for kind in sorted(kinds):
        level = logging.INFO if kind in ORDINARY else logging.WARNING
        log.log(level, "refused %s at %s as %s, reference %s", kind, request.endpoint or "-", _role(), reference())
    if status == 404:
        note_refused_look()
    return response


def is_elsewhere() -> bool:
    """Asked for by a name that is neither the service's own nor this machine's."""
    asked, own = urlsplit(f"//{request.host}").hostname, urlsplit(runtime().settings.base_url).hostname
    return asked != own and not is_address_here(f"http://{request.host}")


def is_odd() -> bool:
    return any(sign in value for value in request.args.values() for sign in "<>\r\n\0")


def _role() -> str:
    try:
        viewer = viewer_or_nobody()
    except SQLAlchemyError:
        return "unknown"
    return viewer.role if viewer else "nobody"
