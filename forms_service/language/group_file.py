"""Reads what a group of questions has besides: the questions of its rows, how many rows, and what a row is called."""

from __future__ import annotations

from forms_service.language.definitions import MOST_ROWS, Field, FieldType
from forms_service.language.keys.form import ALONE, ONLY_OUTSIDE
from forms_service.language.nodes import Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.record import Record

OWN = ("fields", "item")


def rows_of(record: Record, kind: FieldType) -> tuple[Node, ...]:
    """The questions of each row, as far as any can stand there."""
    if kind is not FieldType.GROUP:
        for key in OWN:
            if key in record:
                record.notes.add(record.table.entries[key][0].place, f'A field of type {kind} has no "{key}".')
        return ()
    for key in OWN:
        if key not in record:
            record.need(key)
    nodes = record.list("fields") if "fields" in record else ()
    return tuple(node for node in nodes if _can_stand_in_a_group(node, record.notes))


def fits_in_rows(record: Record, field: Field) -> None:
    """How many rows there can be."""
    for key, rows in (("minimum", field.minimum), ("maximum", field.maximum)):
        if field.type is FieldType.GROUP and rows is not None and not 1 <= rows <= MOST_ROWS:
            record.notes.add(record.at(key), f"A group has 1 to {MOST_ROWS} rows.")


def _can_stand_in_a_group(node: Node, notes: Notes) -> bool:
    """Said here, before anybody reads further: a group in a group could go on without end."""
    entries = node.entries if isinstance(node, Table) else {}
    for key in (key for key in ONLY_OUTSIDE if key in entries):
        hint = "Say it of the group: every row asks the same."
        notes.add(entries[key][0].place, f'A field of a group has no "{key}".', hint)
    kind = entries["type"][1] if "type" in entries else None
    if isinstance(kind, Scalar) and kind.text in ALONE:
        notes.add(kind.place, f"A field of type {kind.text} cannot stand in a group.", "Put it beside the group.")
        return False
    return True
