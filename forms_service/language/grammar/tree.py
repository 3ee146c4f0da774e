"""The tree that an expression becomes: frozen, hashable nodes; ``offset`` counts characters from 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from forms_service.language.duration import Duration


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, true, false, a date or a duration, as written."""

    value: str | int | float | bool | date | Duration
    offset: int


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class ListOf:
    """["a", "b"]."""

    items: tuple[Node, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """``not x`` or ``-x``."""

    sign: str
    operand: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Infix:
    """``left sign right``; ``offset`` is where the sign stands."""

    sign: str
    left: Node
    right: Node
    offset: int


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """``name is empty``; only names can be asked, since only they can be missing."""

    operand: Name
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    """``function(arguments)``."""

    function: str
    arguments: tuple[Node, ...]
    offset: int


Node: TypeAlias = Literal | Name | ListOf | Prefix | Infix | IsEmpty | Call


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case ListOf(items=items) | Call(arguments=items):
            return items
        case Prefix(operand=operand) | IsEmpty(operand=operand):
            return (operand,)
        case Infix(left=left, right=right):
            return (left, right)
        case _:
            return ()


def names_in(node: Node) -> Iterator[Name]:
    if isinstance(node, Name):
        yield node
    for child in children(node):
        yield from names_in(child)


def depth_of(node: Node) -> int:
    """How many levels the tree has; counted level by level, so that a deep tree cannot exhaust the stack."""
    levels = 0
    level: tuple[Node, ...] = (node,)
    while level:
        levels += 1
        level = tuple(child for parent in level for child in children(parent))
    return levels
