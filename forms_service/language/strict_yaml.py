"""YAML without the surprises: no guessed types, anchors, tags or repeated keys, and nothing too large or too deep."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place, Problem

MAX_BYTES = 1_048_576
MAX_DEPTH = 40
MAX_NODES = 200_000
QUOTED_BEGINNING = re.compile(r""": +("[^"]*"|'[^']*') *[^\s,}\]#]""")
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """The file cannot be read further than this."""

    def __init__(self, place: Place, message: str, suggestion: str = "") -> None:
        self.problem = Problem(place, message, suggestion)


def read_yaml(text: str, file: str, notes: Notes) -> Node | None:
    """The file's tree, or None when it cannot be read at all; what is wrong lies in ``notes``."""
    try:
        return _Composer(text, file, notes).document()
    except _Refused as refused:
        notes.extend([refused.problem])
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        notes.add(place, f"This is not YAML: {error.problem or error.context}.", _advice(text, place))
    except (yaml.YAMLError, ValueError, OverflowError):
        notes.add(Place(file, 1, 1), "This is not YAML: it holds characters that a text file cannot hold.")
    return None


class _Composer:
    """Builds the tree from the parser's events, which come one by one: nothing hostile is ever held whole."""

    def __init__(self, text: str, file: str, notes: Notes) -> None:
        self.file = file
        self.notes = notes
        self.nodes = 0
        if len(text.encode("utf-8")) > MAX_BYTES:
            raise _Refused(Place(file, 1, 1), "The file is larger than 1 MB.")
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text.removeprefix("\ufeff"), Loader=LOADER))

    def document(self) -> Node:
        event = next(self.events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _Refused(self.place(event), "The file is empty.")
        node = self.node(event, 1)
        self.nothing_more()
        return node

    def nothing_more(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _Refused(self.place(event), "A file holds one document; remove what follows this line.")

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file, 1, 1)

    def node(self, event: yaml.Event, depth: int) -> Node:
        place = self.place(event)
        self.allowed(event, place, depth)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, place, not event.style, _on_one_line(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(tuple(self.items(depth)), place)
        return Table(dict(self.entries(depth)), place)

    def allowed(self, event: yaml.Event, place: Place, depth: int) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(place, "Anchors (&) and aliases (*) are not used here.", "Write the value out, or quote it.")
        if getattr(event, "tag", None):
            raise _Refused(place, "Tags (!) are not used here.", "Quote the value if it begins with !.")
        if depth > MAX_DEPTH:
            raise _Refused(place, f"The file is nested more than {MAX_DEPTH} levels deep.")
        if self.nodes > MAX_NODES:
            raise _Refused(place, f"The file holds more than {MAX_NODES} values.")

    def items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def entries(self, depth: int) -> Iterator[tuple[str, tuple[Scalar, Node]]]:
        lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self.notes.add(key.place, "A key must be a word.")
            elif key.text in lines:
                self.notes.add(key.place, f"{quoted(key.text)} is here already, in line {lines[key.text]}.")
            else:
                lines[key.text] = key.place.line
                yield key.text, (key, value)


def _advice(text: str, place: Place) -> str:
    """What was probably wrong in the line that the parser stumbled over."""
    line = text.split("\n")[place.line - 1] if place.line <= text.count("\n") + 1 else ""
    if "\t" in line[: place.column]:
        return "Indent with spaces, not tabs."
    if QUOTED_BEGINNING.search(line):
        return "Put the whole value in quotation marks when it begins with one: '\"a\" in b'."
    return ""


def _on_one_line(event: yaml.Event) -> bool:
    start, end = event.start_mark, event.end_mark
    return start is not None and end is not None and start.line == end.line
