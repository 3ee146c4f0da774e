"""Builders: definitions of fields and forms in one line, and what a browser would post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from forms_service.forms.answers import Answer
from forms_service.forms.context import Context
from forms_service.forms.fill import Filled, fill
from forms_service.language.definitions import Field, FieldType, Form, Section
from forms_service.language.expression import parse
from forms_service.language.problems import Place

HERE = Place("forms/test.yaml", 1, 1)


def a_field(name: str, kind: str = "text", *, when: str = "", **more: Any) -> Field:
    condition = parse(when, HERE) if when else None
    label = more.pop("label", name.capitalize())
    return Field(name=name, label=label, type=FieldType(kind), place=HERE, show_when=condition, **more)


def a_form(*fields: Field) -> Form:
    return Form(key="test", title="Test", place=HERE, sections=(Section("Del", fields),))


def posted(**values: str | list[str]) -> MultiDict[str, str]:
    pairs = [(name, v) for name, value in values.items() for v in (value if isinstance(value, list) else [value])]
    return MultiDict(pairs)


def filled(*fields: Field, context: Context | None = None, **values: str | list[str]) -> Filled:
    return fill(a_form(*fields), context or Context(), posted(**values))


def answer(field: Field, value: str | list[str] | None, context: Context | None = None) -> Answer:
    """The stored answer to one field; fails when it was refused."""
    values = {} if value is None else {field.name: value}
    result = filled(field, context=context, **values)
    assert result.answers is not None, result.problems
    return result.answers[field.name]


def refusal(field: Field, value: str | list[str] | None, context: Context | None = None) -> str:
    """The words with which one field's answer was refused; empty when it was taken."""
    values: Mapping[str, Any] = {} if value is None else {field.name: value}
    problems = filled(field, context=context, **values).problems
    assert len(problems) <= 1
    return problems[0].text if problems else ""
