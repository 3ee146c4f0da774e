"""What a YAML file is made of, each piece with its place. Every scalar is text; who asks for a number says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from forms_service.language.problems import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. ``plain`` means written without quotes or block signs, ``start`` is its first character's place."""

    text: str
    place: Place
    plain: bool = True
    one_line: bool = True

    @property
    def start(self) -> Place:
        return self.place if self.plain else Place(self.place.file, self.place.line, self.place.column + 1)

    @property
    def empty(self) -> bool:
        return not self.text.strip() or (self.plain and self.text in NULLS)


NULLS = ("~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML sequence."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping: key → (the key as written, its value), in the order of the file."""

    entries: dict[str, tuple[Scalar, Node]]
    place: Place


Node: TypeAlias = Scalar | Listing | Table


def places_of(table: Table) -> dict[str, Place]:
    """Where the words of a mapping stand: "form", "late.give", "start.by.0"; not inside lists of mappings."""
    found: dict[str, Place] = {}
    for key, (_, value) in table.entries.items():
        found[key] = value.place
        found |= {f"{key}.{name}": place for name, place in _inside(value).items()}
    return found


def _inside(node: Node) -> dict[str, Place]:
    if isinstance(node, Table):
        return places_of(node)
    items = node.items if isinstance(node, Listing) else ()
    return {str(index): item.place for index, item in enumerate(items) if isinstance(item, Scalar)}
