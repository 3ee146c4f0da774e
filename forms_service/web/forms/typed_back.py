"""What somebody typed belongs to her: given back when a page is no longer hers to open, and to nobody else."""

from __future__ import annotations

import hmac

from flask import current_app, make_response, render_template, request
from flask_wtf.csrf import validate_csrf  # type: ignore[import-untyped]
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError  # type: ignore[import-untyped]

from forms_service.web.current import viewer_or_nobody
from forms_service.web.forms.language import speak_as_chosen
from forms_service.web.traces.kinds import FORGED_FORM, note

WHOSE = "_whose"
"""The field of a form that says who fills it in, as a code that only we can make and nobody can read."""


def whose() -> str:
    """The code of whoever is signed in; empty for somebody with a one-time link."""
    who = viewer_or_nobody()
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"typed by {who.person_id}".encode(), "sha256").hexdigest() if who else ""


def is_somebody_elses() -> bool:
    """What was posted was typed by another person than the one who is signed in now."""
    typed_by = request.form.get(WHOSE, "")
    return bool(typed_by) and not hmac.compare_digest(typed_by.encode(), whose().encode())


def is_from_this_page() -> bool:
    """Good enough for keeping a draft: the code that only we make for her, or the address that only she has.

    The session's own token changes when she signs in again, and a page that lies open must go on being kept.
    """
    return hmac.compare_digest(request.form.get(WHOSE, "").encode(), whose().encode())


def comes_from_us() -> bool:
    """The request bears this session's own token."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        note(FORGED_FORM)
        return False
    return True


def typed_texts() -> list[str]:
    """The answers as they were posted; the page's own fields begin with an underscore."""
    own = {"csrf_token", "om"}
    posted = request.form.items(multi=True)
    return [value for name, value in posted if value.strip() and name not in own and _is_words(name)]


def _is_words(name: str) -> bool:
    """Neither a field of the page's own nor a drawing or a seal."""
    return not name.startswith("_") and not name.endswith(("-sealed", "-drawn"))


def show_no_longer_yours() -> Response:
    """Not found, and the words to copy. The page knows nothing of what was asked, so it tells nothing."""
    speak_as_chosen()
    return make_response(render_template("forms/no_longer_yours.html", typed=typed_texts()), 404)


def show_somebody_elses() -> Response:
    """Says that somebody else is signed in now, without a word of what was typed."""
    speak_as_chosen()
    return make_response(render_template("forms/somebody_elses.html", here=request.path), 409)
