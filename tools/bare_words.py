"""Words in a template that nobody can translate: text and attributes for people, and strings that read like words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

MARKED = frozenset({"_", "ngettext"})
FOR_PEOPLE = frozenset({"aria-label", "title", "placeholder", "alt", "data-label"})
NOT_FOR_PEOPLE = frozenset({"main_class", "size", "head"})
"""Blocks that hold the names of classes, or what a browser reads."""
HOLE = "\ufffc"
"""Where an expression stands."""
WORD = re.compile(r"[^\W\d_]{2,}")
COMPARED_WITH = (nodes.Const, nodes.Operand, nodes.List, nodes.Tuple)
PROSE = re.compile(r"[æøåÆØÅ]|^[A-ZÆØÅ][a-zæøå]+|^ ?[a-zæøå]+ $|^ [a-zæøå]+|[.,:] ")
NOT_WORDS = re.compile(r"\b(PDF|SMS|CSV|FHIR|forms-service( \w+)?)\b|forms/|\.yaml|[\w-]+=\"[^\"]*\"?|\bpage-form\b")
"""Said alike in all languages; attributes and classes that an expression puts together."""


def bare_words(template: str) -> list[str]:
    """Each piece of text as it stands, in the order of the file."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(template)
    reader = _Reader()
    reader.feed("".join(_markup(tree)))
    reader.close()
    return [text for text in (*reader.found, *_strings(tree)) if _is_for_people(text)]


def _is_for_people(text: str) -> bool:
    return bool(WORD.search(NOT_WORDS.sub("", text)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in FOR_PEOPLE]

    def handle_data(self, data: str) -> None:
        self.found += [part.strip() for part in data.split(HOLE)]


def _markup(node: nodes.Node) -> Iterator[str]:
    """The HTML of both ways of every choice, with a hole for each expression."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Block) and node.name in NOT_FOR_PEOPLE:
        return
    elif isinstance(node, nodes.Expr) and not isinstance(node, nodes.TemplateData):
        yield HOLE
    else:
        for child in node.iter_child_nodes():
            yield from _markup(child)


def _strings(node: nodes.Node) -> Iterator[str]:
    """Strings in expressions, but for those that are marked, compared or keys."""
    if isinstance(node, (nodes.Compare, nodes.Filter, nodes.FromImport, nodes.Import, nodes.Extends, nodes.Include)):
        for child in node.iter_child_nodes():
            yield from (
                () if isinstance(child, (nodes.Const, nodes.Operand, nodes.List, nodes.Tuple)) else _strings(child)
            )
        return
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKED:
        for each in node.kwargs:
            yield from _strings(each.value)
        return
    if isinstance(node, nodes.Pair):
        yield from _strings(node.value)
        return
    if isinstance(node, nodes.Const):
        yield from [node.value] if isinstance(node.value, str) and PROSE.search(node.value) else []
        return
    for child in node.iter_child_nodes():
        yield from _strings(child)
