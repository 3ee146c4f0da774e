"""What surrounds a form when somebody fills it in: the facts it may mention and the lists it may offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from forms_service.forms.signature import Seal, Unsealed

Namespace = Mapping[str, object]
"""Nested plain data: {"case": {...}, "match": {...}, "me": {"role": ..., "name": ...}, "today": date}."""

Files = Mapping[str, "dict[str, object]"]
"""Id → the answer that a file is: {"file": id, "name": ..., "kind": media type, "size": bytes}."""

FilesOf = Callable[[str], Files]
"""Gives the files that were attached to the question of that name."""

Picks = Callable[[str], Mapping[str, str]]
"""Gives a list that a person field chooses from: id → label."""


def no_files(name: str) -> Files:
    """Nothing was attached."""
    return {}


def no_picks(name: str) -> Mapping[str, str]:
    """No list has anything in it."""
    return {}


@dataclass(frozen=True, slots=True)
class Context:
    """Facts for texts and conditions, lists of people, offices by id, each question's files, and a seal to sign."""

    data: Namespace = field(default_factory=dict)
    picks: Picks = no_picks
    offices: Mapping[str, str] = field(default_factory=dict)
    files: FilesOf = no_files
    refused: Mapping[str, str] = field(default_factory=dict)
    """Field → why the file that was just attached was not taken."""
    seal: Seal = field(default_factory=Unsealed)
