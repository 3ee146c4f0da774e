"""Which names, filters and files a template uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from jinja2 import TemplateSyntaxError, meta, nodes

from forms_service.language.jinja.environment import TOO_DEEP, UnreadableTemplate, environment, read_template

Entries = Mapping[str, str]
"""The name of an entry inside a loop → the name of the list that the loop goes through."""
NO_LOOP: Entries = {}
STEP_CALLED_SELF = "self_"
"""Jinja keeps ``self`` for its own blocks, and would not count it among the names taken from the data."""


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a template takes from its data ("match.started"), and the line it stands in.

    ``goes_through`` says that the template asks for the entries of a list, whether there are any, or how many; what it
    takes from an entry is a use of its own ("children.name" for ``{% for child in children %}{{ child.name }}``),
    ``in_entry``.
    """

    name: str
    line: int
    goes_through: bool = False
    in_entry: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """All that a template takes from outside.

    ``uses`` are the names taken from the data, in the order of the text; loop variables and set names are left out.
    ``includes`` are the templates it includes, imports or extends; None for one whose name is worked out.
    ``unknown_filters`` are the filters and tests that a plain text does not have.
    """

    uses: tuple[Use, ...]
    includes: tuple[str | None, ...]
    unknown_filters: tuple[Use, ...]


@lru_cache(maxsize=32)
def taken_by(source: str) -> Taken:
    """UnreadableTemplate when it is no template, or one that nobody should walk through."""
    tree = read_template(source)
    includes, unknown = tuple(meta.find_referenced_templates(tree)), tuple(_unknown_filters(tree))
    try:
        return Taken(tuple(_uses(_renamed(tree))), includes, unknown)
    except TemplateSyntaxError as error:  # such as two blocks of one name, which the parser does not mind
        raise UnreadableTemplate(error.message or "unreadable", error.lineno) from None
    except RecursionError:
        raise UnreadableTemplate(TOO_DEEP, 1) from None


def uses_of(source: str) -> tuple[Use, ...]:
    return taken_by(source).uses


def _uses(tree: nodes.Template) -> Iterator[Use]:
    undeclared = meta.find_undeclared_variables(tree) - _set_for_all_blocks(tree)
    for use in _chains(tree):
        if use.name.partition(".")[0] in undeclared:
            yield replace(use, name=re.sub(f"^{STEP_CALLED_SELF}", "self", use.name))


def _unknown_filters(tree: nodes.Template) -> Iterator[Use]:
    known = {nodes.Filter: environment().filters, nodes.Test: environment().tests}
    for called in tree.find_all((nodes.Filter, nodes.Test)):
        if called.name not in known[type(called)]:
            yield Use(called.name, called.lineno)


def _renamed(tree: nodes.Template) -> nodes.Template:
    """Jinja refuses to look for names where it does not know a filter; which filters there are is for others to say."""
    for node in tree.find_all((nodes.Filter, nodes.Test, nodes.Name)):
        match node:
            case nodes.Filter():
                node.name = "string"
            case nodes.Test():
                node.name = "defined"
            case nodes.Name(name="self"):
                node.name = STEP_CALLED_SELF
    return tree


def _set_for_all_blocks(tree: nodes.Template) -> set[str]:
    """Names that the template itself sets or imports outside its blocks; Jinja hands them to the blocks as data."""
    return {name for node in tree.body for name in _set_by(node)}


def _set_by(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Import(target=name) | nodes.Macro(name=name):
            yield name
        case nodes.FromImport(names=names):
            yield from (name if isinstance(name, str) else name[1] for name in names)
        case nodes.Assign(target=target) | nodes.AssignBlock(target=target):
            found = (target, *target.find_all(nodes.Name))
            yield from (name.name for name in found if isinstance(name, nodes.Name))


def _chains(node: nodes.Node, entries: Entries = NO_LOOP, *, goes_through: bool = False) -> Iterator[Use]:
    name = _dotted(node, entries)
    if name:
        in_entry = _dotted(node, NO_LOOP) != name
        yield Use(name, node.lineno, goes_through or name in entries.values(), in_entry)
        return
    match node:
        case nodes.For(target=nodes.Name(name=entry), iter=through) if _dotted(through, entries):
            yield from _chains(through, entries, goes_through=True)
            inside = {**entries, str(entry): _dotted(through, entries)}
            for child in (*node.body, *([node.test] if node.test else [])):
                yield from _chains(child, inside)
            children: Iterable[nodes.Node] = node.else_
        case nodes.If(test=test) | nodes.Filter(node=nodes.Node() as test):
            yield from _chains(test, entries, goes_through=True)
            children = (child for child in node.iter_child_nodes() if child is not test)
        case _:
            children = node.iter_child_nodes()
    for child in children:
        yield from _chains(child, entries)


def _dotted(node: nodes.Node, entries: Entries) -> str:
    """The name that a chain such as ``match.started`` or ``match["started"]`` spells; empty for anything else."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            return entries.get(str(name), str(name))
        case nodes.Getattr(node=inner, attr=part) | nodes.Getitem(node=inner, arg=nodes.Const(value=str() as part)):
            start = _dotted(inner, entries)
            return f"{start}.{part}" if start else ""
        case _:
            return ""
