"""Reads what a question for a file has besides: what can be attached, and how large it may be."""

from __future__ import annotations

from forms_service.language.definitions import MOST_MEGABYTES, Field, FieldType
from forms_service.language.record import Record

ACCEPTED = ("pdf", "image")


def accepted(record: Record, kind: FieldType) -> tuple[str, ...]:
    """Words of ``accept``; those that nobody knows are noted."""
    if "accept" not in record:
        return ()
    if kind is not FieldType.FILE:
        record.notes.add(record.table.entries["accept"][0].place, f'A field of type {kind} has no "accept".')
        return ()
    found = record.scalars("accept")
    for scalar in found:
        if scalar.text not in ACCEPTED:
            record.notes.unknown(scalar.place, "kind of file", scalar.text, ACCEPTED)
    return tuple(scalar.text for scalar in found if scalar.text in ACCEPTED)


def fits_a_file(record: Record, field: Field) -> None:
    if field.type is FieldType.FILE and field.maximum is not None and not 1 <= field.maximum <= MOST_MEGABYTES:
        record.notes.add(record.at("maximum"), f"A file has 1 to {MOST_MEGABYTES} megabytes.")
