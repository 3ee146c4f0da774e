"""How much of a folder is said in other languages, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from forms_service.language.described import sources_of_service
from forms_service.language.files import LANGUAGES, Files, is_translation
from forms_service.language.found import readable
from forms_service.language.load import read
from forms_service.language.notes import Notes
from forms_service.language.titles import Titled, sources_of_titles
from forms_service.language.wording import sources_of
from forms_service.translation.update import Source, Updated, update

COMMENT = "# What this folder says in another language. Brought up to date by: forms-service texts"


def how_far(files: Files) -> Iterator[str]:
    """A line for each language, for whoever checks the folder; nothing is written."""
    sources = sources_in(files)
    for code in sorted(languages_of(files)):
        yield f"{code}: {how_complete(update(files[f'{LANGUAGES}{code}.po'], code, sources, COMMENT))}"


def sources_in(files: Files) -> tuple[Source, ...]:
    """Every text of every form, the titles of workflows, steps and documents, and what ``service.yaml`` says to people.

    InvalidDefinitions when one of them cannot be read.
    """
    notes = Notes()
    found, service = read(files, notes), tuple(sources_of_service(files, notes))
    notes.refuse()
    titled: tuple[Titled, ...] = (*readable(found.workflows.values()), *readable(found.documents.values()))
    titles = chain.from_iterable(sources_of_titles(each) for each in titled)
    return (*service, *titles, *sources_of(readable(found.forms.values())))


def how_complete(updated: Updated) -> str:
    missing = Counter(each.context for each in updated.missing)
    where = ", ".join(f"{file} ({count})" for file, count in sorted(missing.items()))
    return f"{updated.translated} of {updated.in_all} texts" + (f"; missing in {where}" if where else ", all of them")


def languages_of(files: Files) -> Iterator[str]:
    return (name.removeprefix(LANGUAGES).removesuffix(".po") for name in files if is_translation(name))
