"""Bringing a PO file up to date with the bokmål texts: what is new is empty, what is gone is kept aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel.messages.catalog import Catalog

from forms_service.translation.catalogue import place_of
from forms_service.translation.po_file import entries_in, is_translated, parse, written

MOST_PLACES = 3
OF_THE_MOMENT = tuple(
    f'"{name}' for name in ("POT-", "PO-Rev", "Generated-By", "Report-Msgid", "Last-Tr", "Project-Id", "Language-Team")
)
"""Lines of a PO file's head that say when and with what it was written."""


@dataclass(frozen=True, slots=True)
class Source:
    """A bokmål text: the file it stands in, and the places in that file, for translators to know what it is."""

    context: str
    text: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Updated:
    """The file as it should be, how many of its texts are translated, and those that are not."""

    file: str
    translated: int
    missing: tuple[Source, ...]

    @property
    def in_all(self) -> int:
        return self.translated + len(self.missing)


def update(old: str, language: str, sources: Iterable[Source], comment: str) -> Updated:
    """``old`` is empty for a new file. Nothing that somebody has written is lost. UnreadableCatalogue."""
    sources = tuple(sources)
    catalog = parse(old) if old else Catalog(locale=language, charset="utf-8", creation_date=None)
    template = _template(sources, catalog)
    _bring_back(catalog, template)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.header_comment, catalog.fuzzy = comment, False
    catalog.obsolete = {key: gone for key, gone in catalog.obsolete.items() if gone.string}
    missing = tuple(each for each in sources if not _is_there(catalog, each))
    return Updated(_without_dates(written(catalog)), len(sources) - len(missing), missing)


def _template(sources: tuple[Source, ...], old: Catalog) -> Catalog:
    """The sources in their order, each followed by the translations that somebody has written for one place alone."""
    template = Catalog(charset="utf-8")
    apart = [entry for entry in entries_in(old) if "#" in entry.context]
    for each in sources:
        template.add(each.text, context=each.context or None, auto_comments=_where(each))
        for entry in apart:
            if entry.source == each.text and place_of(entry) == each.context:
                template.add(entry.source, context=entry.context)
    return template


def _bring_back(catalog: Catalog, template: Catalog) -> None:
    """A text that is there again gets the translation that it had."""
    for key, gone in list(catalog.obsolete.items()):
        if template.get(gone.id, gone.context):
            catalog.add(gone.id, gone.string, flags=gone.flags, context=gone.context)
            del catalog.obsolete[key]


def _where(source: Source) -> list[str]:
    more = len(source.places) - MOST_PLACES
    named = ", ".join(source.places[:MOST_PLACES])
    return [f"{named} and {more} more" if more > 0 else named] if named else []


def _is_there(catalog: Catalog, source: Source) -> bool:
    found = catalog.get(source.text, context=source.context or None)
    return found is not None and is_translated(found)


def _without_dates(file: str) -> str:
    """A file in which nothing has changed stays as it is."""
    return "".join(line for line in file.splitlines(keepends=True) if not line.startswith(OF_THE_MOMENT))
