"""A small Pratt parser: an expression's words become a tree, with how strongly each sign binds as one table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from forms_service.language.duration import Duration, UnreadableDuration, parse_duration
from forms_service.language.grammar.functions import FUNCTIONS
from forms_service.language.grammar.tokens import Token, UnreadableExpression, tokens
from forms_service.language.grammar.tree import Call, Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix, depth_of
from forms_service.language.problems import did_you_mean

MAX_NESTING = 40
MAX_DEPTH = 100
NOT, COMPARE, MINUS = 3, 4, 6
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "in", "not", "is")
BINDS = {"or": 1, "and": 2, "+": 5, "-": 5} | dict.fromkeys(COMPARISONS, COMPARE)
UNITS = frozenset({"minute", "hour", "day", "week", "month", "year"})


def parse_tree(source: str) -> Node:
    """The tree of an expression; UnreadableExpression at the first thing that cannot be read."""
    tree = Parser(source).whole()
    if depth_of(tree) > MAX_DEPTH:
        raise UnreadableExpression("The expression has too many parts; divide it.", 0)
    return tree


class Parser:
    """Reads one expression from left to right; ``depth`` counts what is nested, so that the recursion is bounded."""

    def __init__(self, source: str) -> None:
        self.words = list(tokens(source))
        self.position = 0

    def whole(self) -> Node:
        if self.next.kind == "end":
            raise UnreadableExpression("The expression is empty.", 0)
        node = self.expression(0, 0)
        if self.next.kind != "end":
            raise self.unexpected("an operator such as = or and")
        return node

    @property
    def next(self) -> Token:
        return self.words[self.position]

    def take(self) -> Token:
        token = self.next
        self.position += token.kind != "end"
        return token

    def took(self, text: str) -> bool:
        found = self.next.text == text and self.next.kind in ("sign", "keyword")
        self.position += found
        return found

    def need(self, text: str) -> None:
        if not self.took(text):
            raise self.unexpected(f'"{text}"')

    def unexpected(self, wanted: str) -> UnreadableExpression:
        return UnreadableExpression(f"Expected {wanted}, found {self.next}.", self.next.offset)

    def expression(self, binding: int, depth: int) -> Node:
        """Everything that binds more strongly than ``binding``."""
        node = self.operand(depth)
        while (strength := self.strength()) > binding:
            node = self.infix(node, strength, depth)
            if strength == COMPARE and self.strength() == COMPARE:
                raise UnreadableExpression("Join two comparisons with and.", self.next.offset)
        return node

    def strength(self) -> int:
        return BINDS.get(self.next.text, 0) if self.next.kind in ("sign", "keyword") else 0

    def infix(self, left: Node, strength: int, depth: int) -> Node:
        sign = self.take()
        if sign.text == "is":
            return self.is_empty(left, sign.offset)
        if sign.text == "not":
            self.need("in")
            return Prefix("not", Infix("in", left, self.expression(strength, depth + 1), sign.offset), sign.offset)
        return Infix(sign.text, left, self.expression(strength, depth + 1), sign.offset)

    def is_empty(self, left: Node, offset: int) -> Node:
        negated = self.took("not")
        self.need("empty")
        if not isinstance(left, Name):
            raise UnreadableExpression('Only a name can stand before "is empty".', offset)
        asked = IsEmpty(left, offset)
        return Prefix("not", asked, offset) if negated else asked

    def operand(self, depth: int) -> Node:
        if depth > MAX_NESTING:
            raise UnreadableExpression("The expression is nested too deeply; divide it.", self.next.offset)
        token = self.take()
        read = OPERANDS.get(token.text) if token.kind in ("sign", "keyword") else OPERANDS.get(token.kind)
        if read is None:
            self.position -= token.kind != "end"
            raise self.unexpected("a value")
        return read(self, token, depth + 1)

    def listed(self, closing: str, depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self.took(closing):
            if items:
                self.need(",")
            items.append(self.expression(0, depth))
        return tuple(items)


def _text(parser: Parser, token: Token, depth: int) -> Node:
    return Literal(token.text[1:-1], token.offset)


def _truth(parser: Parser, token: Token, depth: int) -> Node:
    return Literal(token.text == "true", token.offset)


def _number(parser: Parser, token: Token, depth: int) -> Node:
    if parser.next.kind == "name" and parser.next.text.removesuffix("s") in UNITS | {"working"}:
        return Literal(_duration(parser, token), token.offset)
    return Literal(float(token.text) if "." in token.text else int(token.text), token.offset)


def _duration(parser: Parser, number: Token) -> Duration:
    words = [number.text, parser.take().text]
    if words[1] == "working":
        words.append(parser.take().text)
    try:
        return parse_duration(" ".join(words))
    except UnreadableDuration as error:
        raise UnreadableExpression(str(error), number.offset) from None


def _name(parser: Parser, token: Token, depth: int) -> Node:
    if not parser.took("("):
        return Name(token.text, token.offset)
    function = FUNCTIONS.get(token.text)
    if function is None:
        message = f'There is no function "{token.text[:40]}".'
        raise UnreadableExpression(message, token.offset, did_you_mean(token.text, FUNCTIONS))
    arguments = parser.listed(")", depth)
    if len(arguments) != len(function.takes):
        wanted = f"{len(function.takes)} value{'' if len(function.takes) == 1 else 's'}"
        message = f"{token.text} takes {wanted}, not {len(arguments)}."
        raise UnreadableExpression(message, token.offset)
    if function.written:
        return Literal(_written(token.text, function.written, arguments[0]), token.offset)
    return Call(token.text, arguments, token.offset)


def _written(function: str, read: Callable[[str], date], argument: Node) -> date:
    """What a written text stands for; it is read now, so that it cannot be wrong later."""
    advice = f'Write it as in {function}("2027-01-15").'
    if not isinstance(argument, Literal) or not isinstance(argument.value, str):
        raise UnreadableExpression(f"{function} takes a written text.", argument.offset, advice)
    try:
        return read(argument.value)
    except ValueError:
        raise UnreadableExpression(f'"{argument.value[:40]}" is not a date.', argument.offset, advice) from None


def _parentheses(parser: Parser, token: Token, depth: int) -> Node:
    node = parser.expression(0, depth)
    parser.need(")")
    return node


def _list(parser: Parser, token: Token, depth: int) -> Node:
    return ListOf(parser.listed("]", depth), token.offset)


def _not(parser: Parser, token: Token, depth: int) -> Node:
    return Prefix("not", parser.expression(NOT, depth), token.offset)


def _minus(parser: Parser, token: Token, depth: int) -> Node:
    return Prefix("-", parser.expression(MINUS, depth), token.offset)


OPERANDS: dict[str, Callable[[Parser, Token, int], Node]] = {
    "text": _text,
    "number": _number,
    "name": _name,
    "true": _truth,
    "false": _truth,
    "(": _parentheses,
    "[": _list,
    "not": _not,
    "-": _minus,
}
