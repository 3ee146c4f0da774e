"""Reads a fact as it is written in an answers file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from forms_service.forms.parse import parse_number
from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes, quoted
from forms_service.language.vocabulary import ValueType


def read_fact(node: Node, type_: ValueType, notes: Notes) -> object:
    """A value of that type, or nothing for an empty one; None, and a note, for what is none."""
    if isinstance(node, Scalar) and node.empty:
        return "" if type_ is ValueType.TEXT else None
    if type_ is ValueType.LIST and isinstance(node, Listing):
        return [_entry(item) for item in node.items]
    try:
        if isinstance(node, Scalar):
            return READ[type_](node.text)
    except (KeyError, ValueError):
        pass
    word = quoted(node.text) if isinstance(node, Scalar) else "This"
    notes.add(node.place, f"{word} is no {type_}.")
    return None


def _entry(node: Node) -> object:
    """Lists hold texts, or small tables of texts."""
    if isinstance(node, Table):
        return {key: _entry(value) for key, (_, value) in node.entries.items()}
    return [_entry(item) for item in node.items] if isinstance(node, Listing) else node.text


def _yes_no(text: str) -> str:
    return {"yes": "yes", "no": "no", "true": "yes", "false": "no"}[text]


READ: Mapping[ValueType, Callable[[str], object]] = {
    ValueType.TEXT: str,
    ValueType.NUMBER: parse_number,
    ValueType.DATE: date.fromisoformat,
    ValueType.YES_NO: _yes_no,
}
