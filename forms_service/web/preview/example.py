"""Invented surroundings for a form that is about nobody: a value for every fact, a name or two in every list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms_service.forms.context import Context
from forms_service.language.vocabulary import ValueType, Vocabulary

PEOPLE = {"kari": "Kari Eksempel", "ola": "Ola Eksempel"}
ME = {"name": "Kari Eksempel", "phone": "40000000", "email": "kari@invented.example", "office": "Kontor nord"}
OFFICES = {"north": "Kontor nord", "west": "Kontor vest"}


def example_context(vocabulary: Vocabulary, role: str, today: date) -> Context:
    """The same every day but for the dates."""
    data: dict[str, Any] = {"today": today, "me": {"role": role, **ME}}
    for name, type_ in vocabulary.facts.items():
        _put(data, name.split("."), _invented(name, type_, today))
    return Context(data=data, picks=lambda name: PEOPLE, offices=OFFICES)


def _put(data: dict[str, Any], parts: list[str], value: object) -> None:
    for part in parts[:-1]:
        data = data.setdefault(part, {})
    data[parts[-1]] = value


def _invented(name: str, type_: ValueType, today: date) -> object:
    values: Mapping[ValueType, object] = {
        ValueType.NUMBER: 3,
        ValueType.DATE: today,
        ValueType.YES_NO: True,
        ValueType.LIST: [],
    }
    return values.get(type_, f"«{name}»")
