"""How much of a folder's forms is said in other languages, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from forms_service.language.files import LANGUAGES, Files, is_translation
from forms_service.language.found import readable
from forms_service.language.load import read
from forms_service.language.notes import Notes
from forms_service.language.wording import sources_of
from forms_service.translation.update import Source, Updated, update

COMMENT = "# What the forms of this folder are called in another language. Brought up to date by: forms-service texts"


def how_far(files: Files) -> Iterator[str]:
    """A line for each language, for whoever checks the folder; nothing is written."""
    sources = sources_in(files)
    for code in sorted(languages_of(files)):
        yield f"{code}: {how_complete(update(files[f'{LANGUAGES}{code}.po'], code, sources, COMMENT))}"


def sources_in(files: Files) -> tuple[Source, ...]:
    """Every text of every form, in the order of the files. InvalidDefinitions when one of them cannot be read."""
    notes = Notes()
    forms = tuple(readable(read(files, notes).forms.values()))
    notes.refuse()
    return tuple(sources_of(forms))


def how_complete(updated: Updated) -> str:
    missing = Counter(each.context for each in updated.missing)
    where = ", ".join(f"{file} ({count})" for file, count in sorted(missing.items()))
    return f"{updated.translated} of {updated.in_all} texts" + (f"; missing in {where}" if where else ", all of them")


def languages_of(files: Files) -> Iterator[str]:
    return (name.removeprefix(LANGUAGES).removesuffix(".po") for name in files if is_translation(name))
