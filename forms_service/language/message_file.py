"""Reads ``messages/<key>.yaml``: the subject, the body and the short text of one message."""

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
    subject, body, sms = record.text("subject"), record.text("body"), record.text("sms")
    return Message(key, subject, body, sms, record.place, record.places())
