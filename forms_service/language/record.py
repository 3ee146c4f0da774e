"""Reads the values of one YAML mapping by key, and notes what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from forms_service.language.duration import Duration, UnreadableDuration, parse_duration
from forms_service.language.expression import Expression, UnreadableSource, parse
from forms_service.language.grammar.tokens import KEYWORDS
from forms_service.language.keys.key import Keys
from forms_service.language.nodes import Listing, Node, Scalar, Table, places_of
from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place, closest, did_you_mean

WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,8}", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
Word = TypeVar("Word", bound=StrEnum)


class Record:
    """One mapping of a file, and the keys that it may have."""

    def __init__(self, node: Node, shape: Keys, notes: Notes) -> None:
        self.what, self.keys = shape.what, shape.keys
        self.notes = notes
        self.table = node if isinstance(node, Table) else Table({}, node.place)
        self.place = node.place
        self.usable = isinstance(node, Table)
        self.meant: set[str] = set()
        if not self.usable:
            can = f"It can have: {', '.join(self.keys)}."
            notes.add(node.place, f"{self.what} is written as keys and values.", can)
        for name, (key, value) in self.table.entries.items():
            if name not in self.keys:
                self.unknown(key, value, self.keys)

    def unknown(self, key: Scalar, value: Node, keys: Collection[str]) -> None:
        if self.notes.full(self.place.file):
            return
        if " " in key.text and isinstance(value, Scalar) and not value.text:
            message = f"There is no key {quoted(key.text)}."
            self.notes.add(key.place, message, "Put a text that holds a comma in quotation marks.")
        else:
            self.notes.unknown(key.place, "key", key.text, keys)
            self.meant.add(closest(key.text, keys))

    def has(self, key: str) -> bool:
        """Whether the key is there, if only misspelt: one mistake is told once."""
        return key in self or key in self.meant

    def __contains__(self, key: str) -> bool:
        return key in self.table.entries

    def places(self) -> dict[str, Place]:
        return places_of(self.table)

    def at(self, key: str) -> Place:
        """Where the value stands, or the mapping when it is not there."""
        return self.table.entries[key][1].place if key in self else self.place

    def node(self, key: str) -> Node | None:
        """The value; None, and a note when the key must be there, when it is not."""
        if key in self:
            return self.table.entries[key][1]
        if self.keys[key].needed:
            self.need(key)
        return None

    def need(self, key: str, suggestion: str = "") -> None:
        """Notes a key that is not there and must be."""
        if self.usable and not self.has(key):
            self.notes.add(self.place, f'{self.what} needs "{key}".', suggestion)

    def scalar(self, key: str) -> Scalar | None:
        """The value when it is one non-empty value."""
        node = self.node(key)
        return None if node is None else self.filled(node, key)

    def filled(self, node: Node, key: str) -> Scalar | None:
        if not isinstance(node, Scalar):
            self.notes.add(node.place, f'"{key}" takes one value, not several.')
        elif node.empty:
            self.notes.add(node.place, f'"{key}" is empty.')
        else:
            return node
        return None

    def text(self, key: str) -> str:
        found = self.scalar(key)
        return found.text if found else ""

    def name(self, key: str) -> str:
        """An identifier that expressions can use."""
        found = self.scalar(key)
        if found is None or self.is_name(found):
            return found.text if found else ""
        return ""

    def is_name(self, found: Scalar) -> bool:
        if NAME.fullmatch(found.text) and found.text not in KEYWORDS:
            return True
        reason = "Use small letters a-z, digits and _, at most 40, beginning with a letter."
        self.notes.add(found.place, f"{quoted(found.text)} cannot be a name.", reason)
        return False

    def number(self, key: str) -> int | None:
        found = self.scalar(key)
        if found is None:
            return None
        if found.plain and WHOLE_NUMBER.fullmatch(found.text):
            return int(found.text)
        self.notes.add(found.place, f"{quoted(found.text)} is not a whole number.")
        return None

    def truth(self, key: str) -> bool:
        found = self.scalar(key)
        if found and not (found.plain and found.text in ("true", "false")):
            self.notes.add(found.place, f"{quoted(found.text)} is neither true nor false.")
        return found is not None and found.text == "true"

    def one_of(self, key: str, words: type[Word], otherwise: Word) -> Word:
        """One of a few words; another one is noted and taken for ``otherwise``."""
        found = self.scalar(key)
        if found is None:
            return otherwise
        if found.text in list(words):
            return words(found.text)
        hint = did_you_mean(found.text, list(words)) or f"It can be: {', '.join(words)}."
        self.notes.add(found.place, f'"{key}" cannot be {quoted(found.text)}.', hint)
        return otherwise

    def list(self, key: str) -> tuple[Node, ...]:
        node = self.node(key)
        return () if node is None else self.entries(node, key)

    def entries(self, node: Node, key: str) -> tuple[Node, ...]:
        if isinstance(node, Listing) and node.items:
            return node.items
        self.notes.add(node.place, f'"{key}" is empty.' if isinstance(node, Listing) else f'"{key}" takes a list.')
        return ()

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        found = (self.filled(node, key) for node in self.list(key))
        return tuple(scalar for scalar in found if scalar)

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(scalar.text for scalar in self.scalars(key))

    def record(self, key: str, shape: Keys) -> Record | None:
        node = self.node(key)
        return None if node is None else Record(node, shape, self.notes)

    def duration(self, key: str) -> Duration | None:
        found = self.scalar(key)
        return self.as_duration(found) if found else None

    def durations(self, key: str) -> tuple[Duration, ...]:
        found = (self.as_duration(scalar) for scalar in self.scalars(key))
        return tuple(duration for duration in found if duration)

    def as_duration(self, scalar: Scalar) -> Duration | None:
        try:
            return parse_duration(scalar.text)
        except UnreadableDuration as error:
            self.notes.add(scalar.place, f"{quoted(scalar.text)} is not a duration.", str(error))
        return None

    def expression(self, key: str) -> Expression | None:
        found = self.scalar(key)
        if found is None:
            return None
        try:
            return parse(found.text, found.start, one_line=found.one_line)
        except UnreadableSource as error:
            self.notes.extend([error.problem])
        return None
