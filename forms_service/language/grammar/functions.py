"""The functions an expression may call: a plain dict from name to what it takes, gives and does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from forms_service.language.duration import add_months
from forms_service.language.grammar.values import as_date, as_list, as_number, as_text
from forms_service.language.missing import MissingName
from forms_service.language.vocabulary import ValueType

WRITTEN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Function:
    """Types it takes, the type it gives (None: an entry of the list it takes), and what it does with values.

    ``written`` reads the one text of a function that takes no other value than a written one.
    """

    takes: tuple[ValueType, ...]
    gives: ValueType | None
    do: Callable[..., object]
    written: Callable[[str], date] | None = None


def written_date(text: str) -> date:
    """ValueError for anything but "2027-01-15"."""
    if not WRITTEN_DATE.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def days_between(first: object, second: object) -> int:
    """Negative when the second date is the earlier one."""
    return (as_date(second) - as_date(first)).days


def months_between(first: object, second: object) -> int:
    """Whole months that have passed; negative when the second date is the earlier one."""
    start, end = as_date(first), as_date(second)
    return _whole_months(start, end) if start <= end else -_whole_months(end, start)


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (add_months(start, months) > end)


def length(text: object) -> int:
    return len(as_text(text))


def lower(text: object) -> str:
    return as_text(text).lower()


def count(entries: object) -> int:
    return len(as_list(entries))


def first(entries: object) -> object:
    return _entry("first", as_list(entries), 0)


def last(entries: object) -> object:
    return _entry("last", as_list(entries), -1)


def _entry(function: str, entries: list[object], index: int) -> object:
    if not entries:
        raise MissingName(f"{function}(…)")
    return entries[index]


def rounded(number: object) -> int:
    """To the nearest whole number; a half goes away from zero, as people do it."""
    return int(Decimal(str(as_number(number))).quantize(Decimal(1), ROUND_HALF_UP))


NUMBER, TEXT, DATE, LIST = ValueType.NUMBER, ValueType.TEXT, ValueType.DATE, ValueType.LIST

FUNCTIONS: Mapping[str, Function] = {
    "date": Function((TEXT,), DATE, as_date, written_date),
    "days_between": Function((DATE, DATE), NUMBER, days_between),
    "months_between": Function((DATE, DATE), NUMBER, months_between),
    "length": Function((TEXT,), NUMBER, length),
    "lower": Function((TEXT,), TEXT, lower),
    "count": Function((LIST,), NUMBER, count),
    "first": Function((LIST,), None, first),
    "last": Function((LIST,), None, last),
    "round": Function((NUMBER,), NUMBER, rounded),
}
