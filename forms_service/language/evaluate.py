"""What an expression is worth for given data; names are keys of plain mappings, and attributes do not exist.

A value that is not there is never taken for something else: whatever needs it raises MissingName, and only
``is empty`` may ask. ``and`` and ``or`` read from left to right and stop as soon as the answer is known.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.language.functions import FUNCTIONS
from forms_service.language.missing import MissingName
from forms_service.language.operators import INFIXES, PREFIXES
from forms_service.language.tree import Call, Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix
from forms_service.language.values import as_truth, is_empty

Data = Mapping[str, object]


def evaluate(node: Node, data: Data) -> object:
    """The node's value; None only for a name that is there and empty."""
    match node:
        case Literal(value=value):
            return value
        case Name(name=name):
            return look_up(name, data)
        case ListOf(items=items):
            return [present(item, data) for item in items]
        case IsEmpty(operand=operand):
            return _has_nothing(operand.name, data)
        case Prefix(sign=sign, operand=operand):
            return PREFIXES[sign](present(operand, data))
        case Infix(sign="and" | "or"):
            return _joined(node, data)
        case Infix(sign=sign, left=left, right=right):
            return INFIXES[sign](present(left, data), present(right, data))
        case Call(function=function, arguments=arguments):
            return FUNCTIONS[function].do(*(present(argument, data) for argument in arguments))


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


def _has_nothing(name: str, data: Data) -> bool:
    try:
        return is_empty(look_up(name, data))
    except MissingName:
        return True


def _joined(node: Infix, data: Data) -> bool:
    left = as_truth(present(node.left, data))
    decided = left is (node.sign == "or")
    return left if decided else as_truth(present(node.right, data))
