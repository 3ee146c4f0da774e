"""Pages in several languages: what stands in ``_("…")`` is said in the one that its reader has chosen."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask import Flask, request, session

from forms_service.language.peers import naming_of
from forms_service.texts import catalogue
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.naming import AS_WRITTEN
from forms_service.translation.spoken import call_peers, in_our_words, own_languages, speak, spoken
from forms_service.web.current import runtime

CHOSEN, NAMES = "language", "languages."
COOKIE = "sprak"
"""Keeps the choice from one day to the next; it says nothing else of anybody."""
IN_BOKMAL = frozenset({"documents", "paper"})
"""Rooms whose files are written in bokmål, whoever asks for them."""


def teach_languages(app: Flask) -> None:
    """Each request speaks as its reader has chosen; what follows it in the same thread is in bokmål again."""
    environment: Any = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(in_our_words, _one_or_many, newstyle=True)
    environment.globals.update(spoken=spoken, language_name=language_name)
    app.before_request(_begin)
    app.teardown_request(_end_in_bokmal)


def language_name(code: str) -> str:
    """What a language calls itself."""
    return catalogue().get(f"{NAMES}{code}") or (Locale.parse(code).get_display_name(code) or code).capitalize()


def our_languages() -> tuple[str, ...]:
    """Those that every page speaks: bokmål, and each with a catalogue of our own, in the order of texts/nb.yaml."""
    known = [key.removeprefix(NAMES) for key in catalogue() if key.startswith(NAMES)]
    return tuple(code for code in known if code in own_languages())


def chosen() -> str:
    """In this session, or else on this browser at some time; bokmål when never."""
    wanted = str(session.get(CHOSEN) or request.cookies.get(COOKIE, ""))
    return wanted if wanted.isascii() and wanted.isalpha() else SOURCE


def _one_or_many(one: str, many: str, n: int) -> str:
    return in_our_words(one if n == 1 else many)


def _begin() -> None:
    call_peers(naming_of(runtime().settings.service))
    wanted = chosen()
    speak(wanted if wanted in our_languages() and request.blueprint not in IN_BOKMAL else SOURCE)


def _end_in_bokmal(error: BaseException | None) -> None:
    speak(SOURCE)
    call_peers(AS_WRITTEN)
