"""Reads ``languages/<code>.po``: what the forms of the folder are called in another language."""

from __future__ import annotations

from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place
from forms_service.translation.catalogue import SOURCE, Catalogue
from forms_service.translation.po_file import UnreadableCatalogue, is_language, read_catalogue

FOREIGN = 'A PO file is called after its language: "nn.po", "en.po", "se.po".'


def read_language(text: str, file: str, code: str, notes: Notes) -> Catalogue | None:
    """The catalogue; None, and a note, when it cannot be read."""
    if code == SOURCE or not is_language(code):
        what = "The YAML itself is written in nb." if code == SOURCE else f"There is no language {quoted(code)}."
        notes.add(Place(file, 1, 1), what, FOREIGN)
        return None
    try:
        return read_catalogue(text, code)
    except UnreadableCatalogue as error:
        notes.add(Place(file, error.line, 1), f"This is not a PO file: {error.reason}.")
        return None
