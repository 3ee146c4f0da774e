"""Answers as expressions and documents read them: typed, and with the words of what was chosen beside its code."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.forms.typed_values import typed_value
from forms_service.language.definitions import Field, FieldType, Form
from forms_service.texts import say

LABEL = "_label"


def readable(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """Every field of the form by name, None when it has no answer; ``name_label`` beside what was chosen."""
    names: dict[str, object] = {}
    for field in form.fields():
        value = answers.get(field.name)
        names[field.name] = typed_value(field, value)
        if field.choices or field.type is FieldType.YES_NO:
            names[f"{field.name}{LABEL}"] = _label(field, value)
    return names


def _label(field: Field, value: object) -> object:
    if field.type is FieldType.YES_NO and value is not None:
        return say(f"common.{value}")
    if isinstance(value, list):
        return [field.choices.get(str(item), str(item)) for item in value]
    return None if value is None else field.choices.get(str(value), str(value))
