"""Types of expressions: one walk through a tree, knowing the names that may be used where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms_service.language.grammar.functions import FUNCTIONS
from forms_service.language.grammar.kinds import Elsewhere, Kind, Names, full
from forms_service.language.grammar.pairs import DATE, DURATION, LIST, NUMBER, TEXT, YES_NO, Finding, Pairs
from forms_service.language.grammar.tree import Call, Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix
from forms_service.language.problems import did_you_mean

LITERALS = {bool: YES_NO, str: TEXT, int: NUMBER, float: NUMBER, date: DATE}


@dataclass(frozen=True, slots=True)
class Checker:
    """Finds the kind of every node; None where it cannot be known because something is wrong."""

    names: Names
    elsewhere: Elsewhere
    pairs: Pairs = field(default_factory=Pairs)

    @property
    def findings(self) -> list[Finding]:
        return self.pairs.findings

    def kind(self, node: Node) -> Kind | None:
        return KINDS[type(node)](self, node)

    def literal(self, node: Literal) -> Kind:
        return Kind(LITERALS.get(type(node.value), DURATION))

    def name(self, node: Name) -> Kind | None:
        found = self.names.get(node.name)
        if found is not None and not full(found).in_rows:
            return full(found)
        if found is not None:
            group = node.name.rpartition(".")[0]
            self.pairs.note(node, f'"{node.name}" is another in each row.', f"Ask for the rows: count({group}).")
        elif node.name in self.elsewhere.names:
            self.pairs.note(node, f'"{node.name}" {self.elsewhere.reason}.')
        elif not self.elsewhere.may_hold(node.name):
            self.pairs.note(node, f'There is no "{node.name}" here.', did_you_mean(node.name, self.names))
        return None

    def is_empty(self, node: IsEmpty) -> Kind:
        self.name(node.operand)
        return Kind(YES_NO)

    def written_list(self, node: ListOf) -> Kind:
        kinds = {kind for _, kind in self.items(node)}
        entry = kinds.pop() if len(kinds) == 1 else None
        texts = [item.value for item in node.items if isinstance(item, Literal) and isinstance(item.value, str)]
        if len(texts) == len(node.items):
            return Kind(LIST, tuple(texts))
        return Kind(LIST, of=entry)

    def items(self, node: ListOf) -> list[tuple[Node, Kind | None]]:
        found = [(item, self.kind(item)) for item in node.items]
        for item, kind in found:
            self.pairs.must_be(item, kind, TEXT, NUMBER)
        return found

    def prefix(self, node: Prefix) -> Kind:
        wanted = YES_NO if node.sign == "not" else NUMBER
        self.pairs.must_be(node.operand, self.kind(node.operand), wanted)
        return Kind(wanted)

    def call(self, node: Call) -> Kind | None:
        function = FUNCTIONS[node.function]
        kinds = [self.kind(argument) for argument in node.arguments]
        for argument, kind, wanted in zip(node.arguments, kinds, function.takes, strict=True):
            self.pairs.must_be(argument, kind, wanted)
        return Kind(function.gives) if function.gives else _entry(kinds[0])

    def infix(self, node: Infix) -> Kind | None:
        if node.sign in ("+", "-"):
            left, right = self.kind(node.left), self.kind(node.right)
            return self.pairs.sum(node, left, right) if left and right else None
        if node.sign in ("and", "or"):
            for side in (node.left, node.right):
                self.pairs.must_be(side, self.kind(side), YES_NO)
        elif node.sign == "in":
            self.member(node)
        else:
            left, right = self.kind(node.left), self.kind(node.right)
            if left and right:
                self.pairs.comparison(node, left, right)
        return Kind(YES_NO)

    def member(self, node: Infix) -> None:
        left = self.kind(node.left)
        if isinstance(node.right, ListOf):
            items = self.items(node.right)
            if left:
                self.pairs.member_of_written(node, left, items)
            return
        right = self.kind(node.right)
        if left and right:
            self.pairs.member(node, left, right)


def _entry(kind: Kind | None) -> Kind | None:
    return kind.entry if kind and kind.type is LIST else None


KINDS: Mapping[type[Node], Callable[[Checker, Any], Kind | None]] = {
    Literal: Checker.literal,
    Name: Checker.name,
    ListOf: Checker.written_list,
    IsEmpty: Checker.is_empty,
    Prefix: Checker.prefix,
    Infix: Checker.infix,
    Call: Checker.call,
}
