"""Answers as expressions and documents read them: typed, and with the words of what was chosen beside its code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms_service.forms.signature import with_day_and_time
from forms_service.forms.typed_values import typed_value
from forms_service.language.companions import LABEL, SIGNED
from forms_service.language.definitions import Field, FieldType, Form
from forms_service.texts import say

LABELLED = (FieldType.YES_NO, FieldType.GROUP)


def readable(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """Every field of the form by name, None when it has no answer; ``name_label`` beside what was chosen.

    A group is a list with the same for each of its rows, and beside it what people call them. Beside a signature, which
    is told by its name, stands ``name_signed``: {name, role, at, digest, drawing, day, time, code}.
    """
    return _readable(form.fields(), answers)


def _readable(fields: Iterable[Field], answers: Mapping[str, object]) -> dict[str, object]:
    names: dict[str, object] = {}
    for field in fields:
        value = answers.get(field.name)
        names[field.name] = _rows(field, value) if field.type is FieldType.GROUP else typed_value(field, value)
        if field.choices or field.type in LABELLED:
            names[f"{field.name}{LABEL}"] = _label(field, value)
        if field.type is FieldType.SIGNATURE:
            names[f"{field.name}{SIGNED}"] = with_day_and_time(value) if isinstance(value, Mapping) else None
    return names


def _rows(group: Field, value: object) -> list[dict[str, object]]:
    return [_readable(group.fields, row) for row in value] if isinstance(value, list) else []


def _label(field: Field, value: object) -> object:
    if field.type is FieldType.GROUP:
        return [f"{field.item} {number}" for number, _ in enumerate(value if isinstance(value, list) else (), start=1)]
    if field.type is FieldType.YES_NO and value is not None:
        return say(f"common.{value}")
    if isinstance(value, list):
        return [field.choices.get(str(item), str(item)) for item in value]
    return None if value is None else field.choices.get(str(value), str(value))
