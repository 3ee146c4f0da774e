"""Expressions: parsed once, checked against the forms, evaluated on plain data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from forms_service.errors import ExpressionError
from forms_service.language.grammar.evaluate import evaluate, present
from forms_service.language.grammar.kinds import Elsewhere, Kind, Names
from forms_service.language.grammar.parser import parse_tree
from forms_service.language.grammar.tokens import UnreadableExpression
from forms_service.language.grammar.tree import Node, names_in
from forms_service.language.grammar.type_check import Checker
from forms_service.language.grammar.values import as_date, as_truth
from forms_service.language.problems import NOWHERE, Place, Problem
from forms_service.language.vocabulary import ValueType

NOTHING_ELSEWHERE = Elsewhere()


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as the author wrote it, ready to be evaluated.

    ``value``, ``holds`` and ``date`` take nested plain data. They raise MissingName (a MissingValue) for a name that
    has no value, and ExpressionError for values that do not go together.
    """

    source: str
    tree: Node = field(repr=False)
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    one_line: bool = field(default=True, compare=False, repr=False)

    def value(self, data: Mapping[str, object]) -> object:
        """The expression's value; None only when it is one bare name that is there and empty."""
        try:
            return evaluate(self.tree, data)
        except (ArithmeticError, ValueError):
            raise ExpressionError(f'"{self.source}" gives a number or a date that is out of range.') from None

    def holds(self, data: Mapping[str, object]) -> bool:
        """Whether the condition is true; a bare yes/no name counts as its answer."""
        return as_truth(self._present(data))

    def date(self, data: Mapping[str, object]) -> date:
        """The date the expression gives; an answer's ISO text is read as one."""
        return as_date(self._present(data))

    def _present(self, data: Mapping[str, object]) -> object:
        try:
            return present(self.tree, data)
        except (ArithmeticError, ValueError):
            raise ExpressionError(f'"{self.source}" gives a number or a date that is out of range.') from None

    def names(self) -> frozenset[str]:
        """Every dotted name in it."""
        return frozenset(name.name for name in names_in(self.tree))

    def at(self, offset: int) -> Place:
        """The place of one of its characters; of its beginning when the file spreads it over several lines."""
        return moved(self.place, offset) if self.one_line else self.place


@dataclass(frozen=True, slots=True)
class Typed:
    """An expression's kind (None when it cannot be known) and what is wrong in it."""

    kind: Kind | None
    problems: tuple[Problem, ...]

    @property
    def type(self) -> ValueType | None:
        return self.kind.type if self.kind else None


class UnreadableSource(ExpressionError):
    """The expression cannot be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.message} {problem.suggestion}".rstrip())


def parse(source: str, place: Place = NOWHERE, *, one_line: bool = True) -> Expression:
    """Read an expression whose first character stands at ``place``; UnreadableSource carries the Problem."""
    try:
        return Expression(source, parse_tree(source), place, one_line)
    except UnreadableExpression as error:
        where = moved(place, error.offset) if one_line else place
        raise UnreadableSource(Problem(where, error.message, error.suggestion)) from None


def type_of(expression: Expression, names: Names, elsewhere: Elsewhere = NOTHING_ELSEWHERE) -> Typed:
    """Check an expression against the names it may use; ``elsewhere`` are names that exist at other places only."""
    checker = Checker(names, elsewhere)
    kind = checker.kind(expression.tree)
    problems = (Problem(expression.at(f.offset), f.message, f.suggestion) for f in checker.findings)
    return Typed(kind, tuple(dict.fromkeys(problems)))


def moved(place: Place, columns: int) -> Place:
    return Place(place.file, place.line, place.column + columns)
