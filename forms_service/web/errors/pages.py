"""Error pages in words with a reference number; a log line with the same number and without personal data.

What is refused, and is nobody's mistake of ours, has its line from web.traces.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from forms_service.errors import FormsServiceError, LinkNotValid, NotFound
from forms_service.web.current import forget_who_is_signed_in
from forms_service.web.errors.reference import reference
from forms_service.web.traces.kinds import FORGED_FORM, note

log = logging.getLogger("forms_service.web")

IN_WORDS = frozenset({400, 401, 403, 404, 405, 410, 413, 500})
"""Codes with a page of their own; others of the 400s look like 400, of the 500s like 500."""
STATUS = {NotFound: 404, LinkNotValid: 410}
"""What we refuse looks as if it did not exist, so that a guess learns nothing."""
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Pages(Flask):
    """Flask, whose log says where an error happened but never with which values."""

    def log_exception(self, exc_info: ExcInfo) -> None:
        if exc_info[1] is not None:
            pages_log(exc_info[1])


def explain(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(FormsServiceError, _own)


def _forged(error: CSRFError) -> tuple[str, int]:
    note(FORGED_FORM)
    return page("csrf", 400)


def page(name: str, status: int) -> tuple[str, int]:
    """The page itself must not fail: where the database is away it does without knowing who is signed in."""
    try:
        return _rendered(name, status)
    except SQLAlchemyError:
        forget_who_is_signed_in()
        return _rendered(name, status)


def _rendered(name: str, status: int) -> tuple[str, int]:
    return render_template(f"errors/{name}.html", reference=reference(), status=status), status


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error
    shown = status if status in IN_WORDS else 400 if status < 500 else 500
    return page(str(shown), status)


def _own(error: FormsServiceError) -> tuple[str, int]:
    status = STATUS.get(type(error), 500)
    if status == 500:
        pages_log(error)
    return page(str(status), status)


def pages_log(error: BaseException) -> None:
    """Write an error that was caught to the log as an uncaught one would be."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("%s %s at %s\n  %s", reference(), type(error).__name__, request.endpoint, "\n  ".join(places))
