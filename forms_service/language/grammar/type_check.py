"""Types of expressions: what goes together with what, checked before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms_service.errors import ExpressionError
from forms_service.language.grammar.evaluate import evaluate
from forms_service.language.grammar.functions import FUNCTIONS
from forms_service.language.grammar.kinds import YES_AND_NO, Elsewhere, Kind, Names, full
from forms_service.language.grammar.tree import Call, Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix, names_in
from forms_service.language.problems import did_you_mean
from forms_service.language.vocabulary import ValueType

TEXT, NUMBER, DATE = ValueType.TEXT, ValueType.NUMBER, ValueType.DATE
YES_NO, LIST, DURATION = ValueType.YES_NO, ValueType.LIST, ValueType.DURATION
ORDERED = (NUMBER, DATE, DURATION)
LITERALS = {bool: YES_NO, str: TEXT, int: NUMBER, float: NUMBER}
A_DAY = Literal("2026-01-01", 0)
"""Stands for any date where only the duration that is added to it matters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in an expression, with its column counted from 0."""

    offset: int
    message: str
    suggestion: str = ""


@dataclass(slots=True)
class Checker:
    """Walks one tree, knowing the names that an expression may use where it stands."""

    names: Names
    elsewhere: Elsewhere
    findings: list[Finding] = field(default_factory=list)

    def note(self, node: Node, message: str, suggestion: str = "") -> None:
        self.findings.append(Finding(node.offset, message, suggestion))

    def kind(self, node: Node) -> Kind | None:
        """The node's kind; None when it cannot be known because something in it is wrong."""
        return KINDS[type(node)](self, node)

    def literal(self, node: Literal) -> Kind:
        return Kind(LITERALS.get(type(node.value), DURATION))

    def is_empty(self, node: IsEmpty) -> Kind:
        self.name(node.operand)
        return Kind(YES_NO)

    def name(self, node: Name) -> Kind | None:
        found = self.names.get(node.name)
        if found is not None:
            return full(found)
        if node.name in self.elsewhere.names:
            self.note(node, f'"{node.name}" {self.elsewhere.reason}.')
        elif not self.elsewhere.may_hold(node.name):
            self.note(node, f'There is no "{node.name}" here.', did_you_mean(node.name, self.names))
        return None

    def list(self, node: ListOf) -> Kind:
        kinds = [self.kind(item) for item in node.items]
        for item, kind in zip(node.items, kinds, strict=True):
            self.must_be(item, kind, (TEXT, NUMBER))
        return Kind(LIST)

    def prefix(self, node: Prefix) -> Kind:
        wanted = YES_NO if node.sign == "not" else NUMBER
        self.must_be(node.operand, self.kind(node.operand), (wanted,))
        return Kind(wanted)

    def call(self, node: Call) -> Kind:
        function = FUNCTIONS[node.function]
        for argument, wanted in zip(node.arguments, function.takes, strict=True):
            self.must_be(argument, self.kind(argument), (wanted,))
        return Kind(function.gives)

    def infix(self, node: Infix) -> Kind | None:
        left, right = self.kind(node.left), self.kind(node.right)
        if node.sign in ("and", "or"):
            self.must_be(node.left, left, (YES_NO,))
            self.must_be(node.right, right, (YES_NO,))
            return Kind(YES_NO)
        if left is None or right is None:
            return None if node.sign in ("+", "-") else Kind(YES_NO)
        if node.sign in ("+", "-"):
            return self.sum(node, left, right)
        if node.sign == "in":
            self.member(node, left, right)
        else:
            self.comparison(node, left, right)
        return Kind(YES_NO)

    def sum(self, node: Infix, left: Kind, right: Kind) -> Kind | None:
        if right.type is DURATION and _is_date(node.left, left):
            left = Kind(DATE)
        allowed = {(NUMBER, NUMBER), (DATE, DURATION), (DURATION, DURATION)}
        if (left.type, right.type) in allowed:
            self.settled(Infix(node.sign, A_DAY, node.right, node.offset) if left.type is DATE else node)
            return Kind(left.type)
        between = "Use days_between(first, second)." if left.type is right.type is DATE else ""
        verb = "added to" if node.sign == "+" else "subtracted from"
        self.note(node, f"{_a(right.type)} cannot be {verb} {_a(left.type).lower()}.", between)
        return None

    def comparison(self, node: Infix, left: Kind, right: Kind) -> None:
        if self.same_type(node, left, right):
            if node.sign not in ("=", "!=") and left.type not in ORDERED and not _is_date(node.left, left):
                self.note(node, f'"{node.sign}" compares numbers, dates and durations, not {_many(left.type)}.')
            elif left.type is LIST:
                self.note(node, "A list cannot be compared.", 'Use "in".')
            else:
                self.settled(node)
                self.choice(node.right, right, left)
                self.choice(node.left, left, right)

    def same_type(self, node: Infix, left: Kind, right: Kind) -> bool:
        pairs = ((node.left, left, right), (node.right, right, left))
        if left.type is right.type or any(_fits(written, kind, other) for written, kind, other in pairs):
            return True
        hint = 'Write a date as "2026-01-31".' if {left.type, right.type} == {DATE, TEXT} else ""
        self.note(node, f"{_a(left.type)} cannot be compared with {_a(right.type).lower()}.", hint)
        return False

    def member(self, node: Infix, left: Kind, right: Kind) -> None:
        if right.type is not LIST:
            self.note(node, f'"in" asks whether something is in a list; this is {_a(right.type).lower()}.')
        elif isinstance(node.right, ListOf):
            for item in node.right.items:
                self.member_of_written(node, item, left)
        elif left.type is not TEXT:
            self.note(node.left, f"The list holds texts; this is {_a(left.type).lower()}.")
        else:
            self.choice(node.left, left, right)

    def member_of_written(self, node: Infix, item: Node, left: Kind) -> None:
        kind = self.kind(item)
        if kind and self.same_type(Infix("=", node.left, item, item.offset), left, kind):
            self.choice(item, kind, left)

    def choice(self, written: Node, kind: Kind | None, asked: Kind) -> None:
        """A written text that is compared with a name must be one of the values that the name can have."""
        known = asked.choices or (YES_AND_NO if asked.type is YES_NO else ())
        if not isinstance(written, Literal) or not isinstance(written.value, str) or not known:
            return
        if written.value not in known:
            listed = ", ".join(known[:12])
            hint = did_you_mean(written.value, known) or f"It can be: {listed}."
            self.note(written, f'"{written.value[:60]}" is not among the choices.', hint)

    def must_be(self, node: Node, kind: Kind | None, wanted: tuple[ValueType, ...]) -> None:
        if kind is None or kind.type in wanted or (DATE in wanted and _is_date(node, kind)):
            return
        self.note(node, f"Expected {' or '.join(_a(one).lower() for one in wanted)}, this is {_a(kind.type).lower()}.")

    def settled(self, node: Infix) -> None:
        """What holds no name can be worked out now, and must then work."""
        if any(True for _ in names_in(node)):
            return
        try:
            evaluate(node, {})
        except (ExpressionError, ArithmeticError, ValueError) as error:
            self.note(node, str(error))


KINDS: Mapping[type[Node], Callable[[Checker, Any], Kind | None]] = {
    Literal: Checker.literal,
    Name: Checker.name,
    ListOf: Checker.list,
    IsEmpty: Checker.is_empty,
    Prefix: Checker.prefix,
    Infix: Checker.infix,
    Call: Checker.call,
}


def _is_date(node: Node, kind: Kind) -> bool:
    """A date can be written as a text: "2026-01-31"."""
    if kind.type is DATE:
        return True
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        return False
    try:
        return bool(date.fromisoformat(node.value))
    except ValueError:
        return False


def _fits(written: Node, kind: Kind, other: Kind) -> bool:
    """A written text can stand for a date or for yes and no."""
    if not isinstance(written, Literal) or not isinstance(written.value, str):
        return False
    return other.type is YES_NO or (other.type is DATE and _is_date(written, kind))


NAMES = {TEXT: "a text", NUMBER: "a number", DATE: "a date", YES_NO: "a yes/no", LIST: "a list", DURATION: "a duration"}


def _a(type_: ValueType) -> str:
    return NAMES[type_].capitalize()


def _many(type_: ValueType) -> str:
    return f"{type_}s"
