"""Answers as they are stored: plain JSON by field name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms_service.language.definitions import Field, FieldType

Row = dict[str, "Answer"]
Answer = str | int | float | bool | list[str] | list[Row] | Row | None
"""text, paragraph, phone, email, postcode: str · number, hours: int | float · date: ISO str · time: "HH:MM" · choice,
scale, person, office: the chosen value · choices: list[str] · group: a dictionary for each
row · file: its id, name, kind and size · yes_no: "yes" | "no" · confirm: True · signature: forms.signature.Signature as
a dictionary · nothing: None."""


def answers_of(fields: Iterable[Field], given: Mapping[str, Answer], shown: frozenset[str]) -> dict[str, Answer]:
    """Every question of the definition by name; None where nothing was asked or answered."""
    asked = (field.name for field in fields if field.type is not FieldType.NOTE)
    return {name: given.get(name) if name in shown else None for name in asked}
