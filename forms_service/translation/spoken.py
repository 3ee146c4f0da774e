"""The language in which the words of this moment are said: a page's own, bokmål everywhere else."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

from forms_service.translation.catalogue import SOURCE, Catalogue
from forms_service.translation.po_file import read_catalogue

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)
FOLDER = "languages"


def speak(language: str) -> None:
    """From now on in this request; a worker, a command and every other request go on in bokmål."""
    _spoken.set(language)


def spoken() -> str:
    return _spoken.get()


def in_our_words(source: str, context: str = "") -> str:
    """A text of the product itself in the language that is spoken; in bokmål when it is not translated."""
    language = spoken()
    return source if language == SOURCE else own_catalogue(language).words(source, context) or source


@lru_cache
def own_catalogue(language: str) -> Catalogue:
    """The product's own words; empty for a language that it does not speak."""
    file = files("forms_service").joinpath(FOLDER, f"{language}.po")
    return read_catalogue(file.read_text(encoding="utf-8"), language) if file.is_file() else Catalogue(language)
