"""Reads ``documents/<key>/document.yaml`` together with the template beside it."""

from __future__ import annotations

from forms_service.language.definitions import Document
from forms_service.language.form_file import own_key
from forms_service.language.keys.document import DOCUMENT
from forms_service.language.nodes import Node
from forms_service.language.notes import Notes
from forms_service.language.record import Record


def read_document(node: Node, key: str, template: str, notes: Notes) -> Document | None:
    record = Record(node, DOCUMENT, notes)
    if not record.usable:
        return None
    own_key(record, "document", key)
    return Document(
        key=key,
        title=record.text("title"),
        place=record.place,
        uses=record.words("uses"),
        open_to=record.words("open_to"),
        template=template,
        places=record.places(),
    )
