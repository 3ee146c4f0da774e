"""What surrounds a form when somebody fills it in: the facts it may mention and the lists it may offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Namespace = Mapping[str, object]
"""Nested plain data: {"case": {...}, "match": {...}, "me": {"role": ..., "name": ...}, "today": date}."""

Picks = Callable[[str], Mapping[str, str]]
"""Gives a list that a person field chooses from: id → label."""


def no_picks(name: str) -> Mapping[str, str]:
    """No list has anything in it."""
    return {}


@dataclass(frozen=True, slots=True)
class Context:
    """Facts for labels and conditions, lists of people, and offices by id."""

    data: Namespace = field(default_factory=dict)
    picks: Picks = no_picks
    offices: Mapping[str, str] = field(default_factory=dict)
