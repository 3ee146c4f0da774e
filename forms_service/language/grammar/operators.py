"""What the signs of an expression do with values that are there."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date

from forms_service.errors import ExpressionError
from forms_service.language.duration import Duration, shift
from forms_service.language.grammar.values import (
    SMALLEST,
    as_date,
    as_days,
    as_duration,
    as_list,
    as_number,
    as_text,
    as_truth,
    measure,
)

READINGS: tuple[tuple[tuple[type, ...], Callable[[object], object]], ...] = (
    ((bool,), as_truth),
    ((date,), as_date),
    ((int, float), as_number),
    ((str,), as_text),
)
"""How two values are read before they are compared: the first kind that either of them is."""


def equal(left: object, right: object) -> bool:
    if isinstance(left, Duration):
        first, second = _measured(left, as_duration(right))
        return first == second
    for kinds, read in READINGS:
        if isinstance(left, kinds) or isinstance(right, kinds):
            return bool(read(left) == read(right))
    raise ExpressionError('A list cannot be compared; use "in".')


def unequal(left: object, right: object) -> bool:
    return not equal(left, right)


def ordered(sign: Callable[[float, float], bool]) -> Callable[[object, object], bool]:
    """Numbers, dates, and durations of one kind have an order; texts and lists have none."""

    def compared(left: object, right: object) -> bool:
        if isinstance(left, Duration):
            return sign(*_measured(left, as_duration(right)))
        if isinstance(left, int | float):
            return sign(as_number(left), as_number(right))
        return sign(as_date(left).toordinal(), as_date(right).toordinal())

    return compared


def contained(left: object, right: object) -> bool:
    """A question that was left open for one item is an empty entry, and equals nothing."""
    return any(entry is not None and equal(left, entry) for entry in as_list(right))


def add(left: object, right: object) -> object:
    return _moved(left, right, 1)


def subtract(left: object, right: object) -> object:
    return _moved(left, right, -1)


def _moved(left: object, right: object, direction: int) -> object:
    if isinstance(left, Duration):
        first, second = _measured(left, as_duration(right))
        return Duration(first + direction * second, SMALLEST[measure(left)[0]])
    if isinstance(right, Duration):
        return shift(as_date(left), as_days(right), direction)
    return as_number(left) + direction * as_number(right)


def _measured(left: Duration, right: Duration) -> tuple[int, int]:
    (family, first), (other, second) = measure(left), measure(right)
    if family != other:
        raise ExpressionError(f"{left} and {right} do not go together: how long a month is depends on where it begins.")
    return first, second


def negative(value: object) -> object:
    return -as_number(value)


def opposite(value: object) -> bool:
    return not as_truth(value)


PREFIXES: Mapping[str, Callable[[object], object]] = {"not": opposite, "-": negative}
INFIXES: Mapping[str, Callable[[object, object], object]] = {
    "=": equal,
    "!=": unequal,
    "<": ordered(operator.lt),
    "<=": ordered(operator.le),
    ">": ordered(operator.gt),
    ">=": ordered(operator.ge),
    "in": contained,
    "+": add,
    "-": subtract,
}
