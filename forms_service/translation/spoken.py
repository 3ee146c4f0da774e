"""How the words of this moment are said: in a page's own language, bokmål elsewhere, with a chosen word for a peer."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

from forms_service.translation.catalogue import SOURCE, Catalogue
from forms_service.translation.naming import AS_WRITTEN, Naming
from forms_service.translation.po_file import read_catalogue

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)
_naming: ContextVar[Naming] = ContextVar("naming", default=AS_WRITTEN)
FOLDER = "languages"


def speak(language: str) -> None:
    """From now on in this request; a worker, a command and every other request go on in bokmål."""
    _spoken.set(language)


def spoken() -> str:
    return _spoken.get()


def call_peers(naming: Naming) -> None:
    """From now on in this request, or in this process: with the word that its installation has chosen."""
    _naming.set(naming)


def called_as_chosen(stored: str) -> str:
    """Something in bokmål that was stored before the installation chose its word."""
    return _naming.get().said(stored, SOURCE)


def in_our_words(source: str, context: str = "") -> str:
    """A text of the product itself in the language that is spoken; in bokmål when it is not translated."""
    language = spoken()
    said = source if language == SOURCE else own_catalogue(language).words(source, context) or source
    return _naming.get().said(said, language)


@lru_cache
def own_languages() -> tuple[str, ...]:
    """Bokmål, and those with a catalogue of our own."""
    there = (file.name for file in files("forms_service").joinpath(FOLDER).iterdir())
    return (SOURCE, *sorted(name.removesuffix(".po") for name in there if name.endswith(".po")))


@lru_cache
def own_catalogue(language: str) -> Catalogue:
    """The product's own words; empty for a language that it does not speak."""
    file = files("forms_service").joinpath(FOLDER, f"{language}.po")
    return read_catalogue(file.read_text(encoding="utf-8"), language) if file.is_file() else Catalogue(language)
