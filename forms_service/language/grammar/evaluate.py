"""What an expression is worth for given data; names are keys of plain mappings, and attributes do not exist.

A value that is not there is never taken for something else: whatever needs it raises MissingName, and only
``is empty`` may ask. ``and`` and ``or`` read from left to right and stop as soon as the answer is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms_service.language.grammar.functions import FUNCTIONS
from forms_service.language.grammar.operators import INFIXES, PREFIXES
from forms_service.language.grammar.tree import Call, Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix
from forms_service.language.grammar.values import as_truth, is_empty
from forms_service.language.missing import MissingName

Data = Mapping[str, object]


def evaluate(node: Node, data: Data) -> object:
    """The node's value; None only for a name that is there and empty."""
    return EVALUATE[type(node)](node, data)


def present(node: Node, data: Data) -> object:
    """The node's value when there is one; MissingName otherwise."""
    value = evaluate(node, data)
    if value is None:
        raise MissingName(node.name if isinstance(node, Name) else "the expression")
    return value


def look_up(name: str, data: Data) -> object:
    """Follow a dotted name through nested mappings; MissingName when a part of it is not there."""
    value: object = data
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            raise MissingName(name)
        value = value[part]
    return value


def _is_empty(node: IsEmpty, data: Data) -> bool:
    try:
        return is_empty(look_up(node.operand.name, data))
    except MissingName:
        return True


def _joined(node: Infix, data: Data) -> bool:
    left = as_truth(present(node.left, data))
    decided = left is (node.sign == "or")
    return left if decided else as_truth(present(node.right, data))


def _literal(node: Literal, data: Data) -> object:
    return node.value


def _name(node: Name, data: Data) -> object:
    return look_up(node.name, data)


def _list(node: ListOf, data: Data) -> object:
    return [present(item, data) for item in node.items]


def _prefix(node: Prefix, data: Data) -> object:
    return PREFIXES[node.sign](present(node.operand, data))


def _infix(node: Infix, data: Data) -> object:
    if node.sign in ("and", "or"):
        return _joined(node, data)
    return INFIXES[node.sign](present(node.left, data), present(node.right, data))


def _call(node: Call, data: Data) -> object:
    return FUNCTIONS[node.function].do(*(present(argument, data) for argument in node.arguments))


EVALUATE: Mapping[type[Node], Callable[[Any, Data], object]] = {
    Literal: _literal,
    Name: _name,
    ListOf: _list,
    IsEmpty: _is_empty,
    Prefix: _prefix,
    Infix: _infix,
    Call: _call,
}
