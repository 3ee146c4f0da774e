"""A document as its author will see it, printed from the sample beside the template."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

from forms_service.documents.press import Press
from forms_service.documents.sample import read_sample, text_of
from forms_service.documents.stamp import Stamp
from forms_service.language.definitions import Document
from forms_service.language.document_file import read_document
from forms_service.language.notes import Notes
from forms_service.language.strict_yaml import read_yaml
from forms_service.settings import ServiceIdentity

LETTERHEAD = "_shared"
"""Its sample.yaml holds the letterhead and the stamp of all previews."""


def preview(folder: Path, key: str) -> bytes:
    """The PDF of ``folder/key`` from its sample.yaml.

    NotFound when a file is missing, InvalidDefinitions when one cannot be read; else errors as for ``Press.render``.
    """
    document = document_in(folder, key)
    shared = cast("dict[str, dict[str, Any]]", read_sample(folder, LETTERHEAD))
    stamp = Stamp(shared["stamp"]["number"], document.title, date.fromisoformat(shared["stamp"]["date"]))
    return Press(folder, ServiceIdentity(**shared["service"])).render(document, read_sample(folder, key), stamp)


def document_in(folder: Path, key: str) -> Document:
    """One document as it lies in its folder, not yet checked against any workflow."""
    notes = Notes()
    node = read_yaml(text_of(folder / key / "document.yaml"), f"{key}/document.yaml", notes)
    template = text_of(folder / key / "document.html")
    document = read_document(node, key, template, notes) if node else None
    notes.refuse()
    assert document is not None  # else there is a note that says why
    return document
