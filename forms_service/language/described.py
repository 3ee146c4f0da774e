"""What ``service.yaml`` says to people: titles of roles and records, and refusals; to be translated by its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms_service.language.files import LANGUAGES, SERVICE, Files
from forms_service.language.nodes import Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.strict_yaml import read_yaml
from forms_service.translation.po_file import read_catalogue
from forms_service.translation.update import Source

SAID = {"roles": "title", "subjects": "title", "moves": "refusal"}
"""Under each name of these tables, the key that people read."""


def sources_of_service(files: Files, notes: Notes) -> Iterator[Source]:
    """Each text once, with its places; nothing for a folder without the file. What is wrong lies in ``notes``."""
    found: dict[str, list[str]] = {}
    node = read_yaml(files[SERVICE], SERVICE, notes) if SERVICE in files else None
    for path, text in _said(node):
        found.setdefault(text, []).append(path)
    return (Source(SERVICE, text, tuple(places)) for text, places in found.items())


def words_of_service(files: Files, language: str) -> Mapping[str, str]:
    """By the bokmål text what it is called in another language, where the catalogue has it."""
    text = files.get(f"{LANGUAGES}{language}.po", "")
    own = read_catalogue(text, language).only([SERVICE]).entries if text else ()
    return {entry.source: entry.words for entry in own}


def _said(node: Node | None) -> Iterator[tuple[str, str]]:
    for table, key in SAID.items():
        for name, each in _table(_table(node).get(table)).items():
            text = _table(each).get(key)
            if isinstance(text, Scalar) and text.text:
                yield f"{table}.{name}.{key}", text.text


def _table(node: Node | None) -> dict[str, Node]:
    """Whatever is no table holds nothing here; the register says what is wrong with it."""
    return {name: value for name, (_, value) in node.entries.items()} if isinstance(node, Table) else {}
