"""PO files, read and written with Babel: what translators and their programs know."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

from babel import localedata
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from forms_service.errors import FormsServiceError
from forms_service.translation.catalogue import Catalogue, Entry


class UnreadableCatalogue(FormsServiceError):
    """The file is no PO file."""

    code = "unreadable_catalogue"

    def __init__(self, reason: str, line: int) -> None:
        self.reason, self.line = reason, line
        super().__init__(reason)


def is_language(code: str) -> bool:
    """One that Babel knows: "nn", "en", "se"."""
    return code.isascii() and code.islower() and localedata.exists(code)


@lru_cache(maxsize=8)
def read_catalogue(text: str, language: str) -> Catalogue:
    """What the file has translated; doubtful entries (fuzzy) and empty ones are left out. UnreadableCatalogue.

    Kept for a while: publishing asks for the same few files once for every workflow.
    """
    return Catalogue(language, tuple(entries_in(parse(text))))


def parse(text: str) -> Catalog:
    """UnreadableCatalogue with the line when it is no PO file."""
    try:
        return read_po(io.StringIO(text.removeprefix("\ufeff")), charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        raise UnreadableCatalogue(str(error).partition(" on ")[0] or "unreadable", error.lineno + 1) from None
    except (ValueError, LookupError, AttributeError, TypeError):  # what Babel's reader says of torn strings and headers
        raise UnreadableCatalogue("unreadable", 1) from None


def written(catalog: Catalog) -> str:
    """The file, in the order of the catalogue."""
    target = io.BytesIO()
    write_po(target, catalog, width=110, no_location=True)
    return target.getvalue().decode("utf-8")


def as_file(catalogue: Catalogue) -> str:
    """The entries alone, always the same for the same entries: what a published version freezes."""
    catalog = Catalog(charset="utf-8")
    for entry in sorted(catalogue.entries, key=lambda entry: (entry.context, entry.source)):
        catalog.add(entry.source, entry.words, context=entry.context or None)
    target = io.BytesIO()
    write_po(target, catalog, width=0, omit_header=True)
    return target.getvalue().decode("utf-8")


def is_translated(message: Message) -> bool:
    return bool(message.id and message.string and isinstance(message.id, str)) and not message.fuzzy


def entries_in(catalog: Catalog) -> Iterator[Entry]:
    for message in catalog:
        if is_translated(message):
            yield Entry(message.context or "", str(message.id), str(message.string), message.lineno or 1)
