"""The language switch: a link to the page itself, which remembers what was chosen and leads back without a trace."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, current_app, redirect, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from forms_service.web.forms.address import LANGUAGE
from forms_service.web.languages import CHOSEN, COOKIE, our_languages
from forms_service.web.sign_in.door import wanted

A_YEAR = 365 * 24 * 60 * 60
OWN_BUTTONS = frozenset({"forms", "preview", "preview_alone"})
"""Rooms whose forms have buttons of their own, so that what was typed comes along."""


def offer_languages(app: Flask) -> None:
    """Every page can be asked for in another language: ``?sprak=nn``."""
    app.jinja_env.globals.update(languages_here=languages_here)
    app.before_request(_switch)


def languages_here() -> list[tuple[str, str]]:
    """Each language and the address of this page in it; after a post that has no page of its own, the front page.

    Without its path, which may be a secret: a page with a personal link must not hold it.
    """
    page, chosen = ("", _others()) if _can_be_opened() else (url_for("desk.home"), [])
    return [(code, f"{page}?{urlencode([*chosen, (LANGUAGE, code)])}") for code in our_languages()]


def _switch() -> Response | None:
    language = request.args.get(LANGUAGE, "")
    if request.method != "GET" or request.blueprint in OWN_BUTTONS or language not in our_languages():
        return None
    session[CHOSEN] = language
    answer = redirect(wanted(_here()) or "/")
    is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(COOKIE, language, max_age=A_YEAR, secure=is_secure, httponly=True, samesite="Lax")
    return answer


def _here() -> str:
    """The address that was asked for, without a language."""
    others = _others()
    return f"{request.path}?{urlencode(others)}" if others else request.path


def _others() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]


def _can_be_opened() -> bool:
    if request.method == "GET":
        return request.endpoint is not None
    try:
        return bool(current_app.url_map.bind("").match(request.path, method="GET"))
    except HTTPException:
        return False
