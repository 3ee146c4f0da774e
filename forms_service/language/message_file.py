"""Reads ``messages/<key>.yaml``: the subject and the body of one message."""

from __future__ import annotations

from forms_service.language.definitions import Message
from forms_service.language.form_file import own_key
from forms_service.language.keys.message import MESSAGE
from forms_service.language.nodes import Node
from forms_service.language.notes import Notes
from forms_service.language.record import Record


def read_message(node: Node, key: str, notes: Notes) -> Message | None:
    record = Record(node, MESSAGE, notes)
    if not record.usable:
        return None
    own_key(record, "message", key)
    subject, body = record.text("subject"), record.text("body")
    return Message(key, subject, body, record.place, record.places())
