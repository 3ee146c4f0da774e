"""Checks translations: what stands in braces must be the same as in bokmål, or a page would miss a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from forms_service.language.definitions import Form
from forms_service.language.jinja.environment import UnreadableTemplate
from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place
from forms_service.language.template import variables_of
from forms_service.language.titles import Titled, file_of_titles, titles_of
from forms_service.language.wording import file_of, texts_of
from forms_service.translation.catalogue import Catalogue, Entry, place_of

BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


Asked: TypeAlias = frozenset[tuple[str, str]]
"""The file and the text of whatever can be translated."""


def asked_by(forms: Iterable[Form], titled: Iterable[Titled]) -> Asked:
    texts = {(file_of(form), each.text) for form in forms for each in texts_of(form)}
    return frozenset(texts | {(file_of_titles(each), title) for each in titled for _, title in titles_of(each)})


def check_translations(file: str, catalogue: Catalogue, asked: Asked, notes: Notes) -> None:
    """Entries that nothing asks for any more do no harm; ``forms-service texts`` puts them aside."""
    for entry in catalogue.entries:
        if (place_of(entry), entry.source) in asked and not notes.full(file):
            _check(Place(file, entry.line, 1), entry, notes)


def _check(place: Place, entry: Entry, notes: Notes) -> None:
    wanted, found = _in_braces(entry.source), _in_braces(entry.words)
    for missing in sorted((wanted - found).elements()):
        notes.add(place, f"The text says {quoted(missing)}, the translation does not.")
    for more in sorted((found - wanted).elements()):
        notes.add(place, f"The translation says {quoted(more)}, the text does not.")
    if wanted == found and not _can_be_read(entry):
        notes.add(place, "The translation cannot be read: its braces are not those of the text.")


def _in_braces(text: str) -> Counter[str]:
    return Counter(" ".join(found.split()) for found in BRACES.findall(text))


def _can_be_read(entry: Entry) -> bool:
    try:
        return "{" not in entry.words or variables_of(entry.words) == variables_of(entry.source)
    except UnreadableTemplate:
        return False
