"""Expressions: parsed once, checked against the forms, evaluated on plain data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

type_data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as the author wrote it, ready to be evaluated."""

    source: str

    def value(self, data: Mapping[str, object]) -> object:
        """The expression's value for nested plain data; MissingValue names a name that has none."""
        raise NotImplementedError
