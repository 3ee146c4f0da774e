"""Templates in several languages: what stands in ``_("…")`` is said in the language of the page."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask import Flask

from forms_service.texts import catalogue
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.spoken import in_our_words, speak, spoken


def teach_languages(app: Flask) -> None:
    """A page is in bokmål unless its view says otherwise, and so is everything that follows it in the same thread."""
    environment: Any = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(in_our_words, _one_or_many, newstyle=True)
    environment.globals.update(spoken=spoken, language_name=language_name)
    app.before_request(_begin_in_bokmal)
    app.teardown_request(_end_in_bokmal)


def language_name(code: str) -> str:
    """What a language calls itself."""
    return catalogue().get(f"languages.{code}") or (Locale.parse(code).get_display_name(code) or code).capitalize()


def _one_or_many(one: str, many: str, n: int) -> str:
    return in_our_words(one if n == 1 else many)


def _begin_in_bokmal() -> None:
    speak(SOURCE)


def _end_in_bokmal(error: BaseException | None) -> None:
    speak(SOURCE)
