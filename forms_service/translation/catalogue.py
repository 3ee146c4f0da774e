"""The texts of one language, as frozen values: the bokmål words, where they stand, and what they are called there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SOURCE = "nb"
"""The language that everything is written in; every other one is a catalogue."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text. ``context`` says where it stands: the same word may be another elsewhere; ``line`` is the file's."""

    context: str
    source: str
    words: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Only what is translated; a text that is missing is said in bokmål."""

    language: str
    entries: tuple[Entry, ...] = ()
    _known: Mapping[tuple[str, str], str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        known = {(entry.context, entry.source): entry.words for entry in self.entries}
        object.__setattr__(self, "_known", known)

    def words(self, source: str, *contexts: str) -> str:
        """The text in this language, from the first context that has it; empty when none has."""
        found = (self._known.get((context, source), "") for context in contexts or ("",))
        return next(filter(None, found), "")

    def only(self, contexts: Iterable[str]) -> Catalogue:
        """What stands in these contexts, or in a place within them ("forms/pause.yaml#why.label")."""
        wanted = frozenset(contexts)
        return Catalogue(self.language, tuple(entry for entry in self.entries if place_of(entry) in wanted))


def place_of(entry: Entry) -> str:
    """The context without the place within it."""
    return entry.context.partition("#")[0]
