"""Answers as expressions compare them: a date is a date, not the text that it is stored as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from forms_service.language.definitions import Field, FieldType


def typed_value(field: Field, value: object) -> object:
    """The value of one answer as its type has it: a group is its rows, a file or a signature is a name."""
    if field.type in (FieldType.FILE, FieldType.SIGNATURE):
        return value.get("name") if isinstance(value, Mapping) else None
    if field.type is FieldType.GROUP:
        rows = value if isinstance(value, list) else []
        return [typed_values(field.fields, row) for row in rows]
    return date.fromisoformat(value) if field.type is FieldType.DATE and isinstance(value, str) else value


def typed_values(fields: Iterable[Field], values: Mapping[str, object]) -> dict[str, object]:
    """The values of those fields that are named, the others left as they are."""
    typed = {field.name: typed_value(field, values[field.name]) for field in fields if field.name in values}
    return {**values, **typed}
