"""What is left of a condition once the facts are known: that it holds, that it never can, or what to ask."""

from __future__ import annotations

from forms_service.errors import ExpressionError, MissingValue
from forms_service.forms.context import Namespace
from forms_service.language.expression import Expression
from forms_service.language.grammar.tree import Infix, Node, Prefix, names_in


def remains(node: Node, asked: frozenset[str], data: Namespace) -> Node | bool:
    """``asked`` are the form's own questions, which nobody has answered yet."""
    if not asked & {name.name for name in names_in(node)}:
        return _settled(node, data)
    match node:
        case Infix(sign="and" | "or"):
            return _joined(node, remains(node.left, asked, data), remains(node.right, asked, data))
        case Prefix(sign="not"):
            inner = remains(node.operand, asked, data)
            return not inner if isinstance(inner, bool) else Prefix("not", inner, node.offset)
        case _:
            return node


def _settled(node: Node, data: Namespace) -> Node | bool:
    """A fact that is not known leaves the question to whoever holds the pen."""
    try:
        return Expression("", node).holds(data)
    except (MissingValue, ExpressionError):
        return node


def _joined(node: Infix, left: Node | bool, right: Node | bool) -> Node | bool:
    decides = node.sign == "or"
    if isinstance(left, bool):
        return left if left is decides else right
    if isinstance(right, bool):
        return right if right is decides else left
    return Infix(node.sign, left, right, node.offset)
