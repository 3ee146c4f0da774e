"""The words a service lends to its YAML files: roles, moves, facts. Given to the check by whoever owns the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ValueType(StrEnum):
    """Types that expressions know."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"
    LIST = "list"
    DURATION = "duration"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What workflows may speak of.

    ``facts`` maps dotted names ("match.started") to their type. ``moves`` maps a move to the names of the answers that
    it needs. ``subjects`` are the kinds a workflow can be about. ``picks`` are the lists that a person field chooses
    from.
    """

    roles: frozenset[str]
    moves: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, ValueType] = field(default_factory=dict)
    releases: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    picks: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Not of the mappings, which have none; equal vocabularies are still equal here."""
        return hash((self.roles, self.releases, self.subjects, self.picks))


VIEWER = ("name", "phone", "email", "office")
"""What a form may say as ``me.name`` and so on of whoever fills it in, beside her role; empty where it is not known."""

MESSAGE_VARIABLES = frozenset({"case_number", "link", "office", "due"})
"""All that a message may say; anything else could tell a stranger that somebody is a participant."""
