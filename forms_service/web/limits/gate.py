"""Whoever asks too often waits a moment, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, current_app, make_response, request
from werkzeug.wrappers import Response

from forms_service.web.access.may_open import is_open
from forms_service.web.current import runtime, viewer_or_nobody
from forms_service.web.forms.carry import carry
from forms_service.web.forms.language import speak_as_chosen
from forms_service.web.forms.room import give_room
from forms_service.web.limits.rules import Limit, limits
from forms_service.web.limits.signed_in import limits_of

UNCOUNTED = frozenset({"static", "look.colours", "look.logo", "operations.alive", "operations.ready"})
"""What machines ask for, every few seconds."""


def limit(app: Flask) -> None:
    """Count what comes to the pages that are open to all, from those who have not signed in, and over links.

    Of those who have signed in only what costs the machine much, or what nobody does so often by hand.
    """
    app.before_request(_count)


def _count() -> Response | None:
    if request.endpoint is None or request.endpoint in UNCOUNTED:
        return None
    over = [each for key, each in _counted() if runtime().counts.count(key, each.seconds) > each.most]
    return _wait(over) if over else None


def _counted() -> Iterator[tuple[str, Limit]]:
    is_link = "token" in (request.view_args or {})
    viewer = None if is_link or request.blueprint == "sign_in" else viewer_or_nobody()
    if viewer is not None:
        yield from limits_of(viewer.person_id)
    elif _answers_all():
        yield from limits()


def _answers_all() -> bool:
    """Also a form that is sent without a session, whose answer is more than the way to signing in."""
    return is_open(request.endpoint) or request.blueprint == "forms"


def _wait(over: list[Limit]) -> Response:
    seconds = max(each.seconds for each in over)
    is_form = request.blueprint == "forms" and request.method == "POST"
    answer = _carry() if is_form else _page()
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _carry() -> Response:
    give_room()  # as for the form itself, which this comes before
    return carry("too_many", 429)


def _page() -> Response:
    """Rendered without what pages know of the viewer: it must cost nothing."""
    speak_as_chosen()
    return make_response(current_app.jinja_env.get_template("errors/429.html").render(), 429)
