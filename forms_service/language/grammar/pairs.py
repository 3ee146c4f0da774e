"""What two values of an expression may do with each other, judged by their kinds before anything runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from forms_service.errors import ExpressionError
from forms_service.language.grammar.evaluate import evaluate
from forms_service.language.grammar.kinds import YES_AND_NO, Kind
from forms_service.language.grammar.tree import Infix, Literal, Node, names_in
from forms_service.language.problems import did_you_mean
from forms_service.language.vocabulary import ValueType

TEXT, NUMBER, DATE = ValueType.TEXT, ValueType.NUMBER, ValueType.DATE
YES_NO, LIST, DURATION = ValueType.YES_NO, ValueType.LIST, ValueType.DURATION
ROW = ValueType.ROW
ORDERED = (NUMBER, DATE, DURATION)
SUMS = {(NUMBER, NUMBER), (DATE, DURATION), (DURATION, DURATION)}
A_DAY = Literal("2026-01-01", 0)
"""Stands for any date where only the duration that is added to it matters."""
CALLED = {
    TEXT: "a text",
    NUMBER: "a number",
    DATE: "a date",
    YES_NO: "a yes/no",
    LIST: "a list",
    DURATION: "a duration",
    ROW: "a row of answers",
}
HELD = {TEXT: "texts", NUMBER: "numbers", DATE: "dates", YES_NO: "yes/no answers", DURATION: "durations", ROW: "rows"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in an expression, with its column counted from 0."""

    offset: int
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Judges pairs of values and collects what is wrong with them."""

    findings: list[Finding] = field(default_factory=list)

    def note(self, node: Node, message: str, suggestion: str = "") -> None:
        self.findings.append(Finding(node.offset, message, suggestion))

    def must_be(self, node: Node, kind: Kind | None, *wanted: ValueType) -> None:
        if kind is None or kind.type in wanted or (DATE in wanted and _is_date(node, kind)):
            return
        self.note(node, f"Expected {' or '.join(CALLED[one] for one in wanted)}, this is {CALLED[kind.type]}.")

    def sum(self, node: Infix, left: Kind, right: Kind) -> Kind | None:
        if right.type is DURATION and _is_date(node.left, left):
            left = Kind(DATE)
        if (left.type, right.type) in SUMS:
            self.settled(node)
            if left.type is DATE:
                self.settled(Infix(node.sign, A_DAY, node.right, node.offset))
            return Kind(left.type)
        between = "Use days_between(first, second)." if left.type is right.type is DATE else ""
        verb = "added to" if node.sign == "+" else "subtracted from"
        self.note(node, f"{CALLED[right.type].capitalize()} cannot be {verb} {CALLED[left.type]}.", between)
        return None

    def comparison(self, node: Infix, left: Kind, right: Kind) -> None:
        if not self.alike(node, left, right):
            return
        if node.sign not in ("=", "!=") and left.type not in ORDERED and not _is_date(node.left, left):
            self.note(node, f'"{node.sign}" compares numbers, dates and durations, not {left.type}s.')
        elif left.type is LIST:
            self.note(node, "A list cannot be compared.", 'Use "in".')
        else:
            self.settled(node)
            self.choice(node.right, left)
            self.choice(node.left, right)

    def alike(self, node: Infix, left: Kind, right: Kind) -> bool:
        if left.type is right.type or _fits(node.left, left, right) or _fits(node.right, right, left):
            return True
        hint = 'Write a date as "2026-01-31".' if {left.type, right.type} == {DATE, TEXT} else ""
        self.note(node, f"{CALLED[left.type].capitalize()} cannot be compared with {CALLED[right.type]}.", hint)
        return False

    def member(self, node: Infix, left: Kind, right: Kind) -> None:
        """Something in a named list: the answers to one question, or one question's answers for all items."""
        entry = right.entry
        if right.type is not LIST:
            self.note(node, f'"in" asks whether something is in a list; this is {CALLED[right.type]}.')
        elif entry.type is LIST:
            self.note(node, "The list holds lists; nothing can be looked for in it.")
        elif left.type is not entry.type and not _fits(node.left, left, entry):
            self.note(node.left, f"The list holds {HELD[entry.type]}; this is {CALLED[left.type]}.")
        else:
            self.choice(node.left, entry)

    def member_of_written(self, node: Infix, left: Kind, items: Iterable[tuple[Node, Kind | None]]) -> None:
        for item, kind in items:
            if kind and self.alike(Infix("=", node.left, item, item.offset), left, kind):
                self.choice(item, left)

    def choice(self, written: Node, asked: Kind) -> None:
        """A written text that is compared with a name must be one of the values that the name can have."""
        known = asked.choices or (YES_AND_NO if asked.type is YES_NO else ())
        if not isinstance(written, Literal) or not isinstance(written.value, str) or not known:
            return
        if written.value not in known:
            hint = did_you_mean(written.value, known) or f"It can be: {', '.join(known[:12])}."
            self.note(written, f'"{written.value[:60]}" is not among the choices.', hint)

    def settled(self, node: Infix) -> None:
        """What holds no name can be worked out now, and must then work."""
        if any(True for _ in names_in(node)):
            return
        try:
            evaluate(node, {})
        except ExpressionError as error:
            self.note(node, str(error))
        except (ArithmeticError, ValueError):
            self.note(node, "This gives a number or a date that is out of range.")


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
