"""Plain values as expressions see them: dates may be ISO texts, yes/no may be "yes", "no", true or false."""

from __future__ import annotations

from datetime import date, datetime

from forms_service.errors import ExpressionError
from forms_service.language.duration import CLOCK_UNITS, Duration, Unit

TRUTHS = {True: True, False: False, "yes": True, "no": False}
MEASURES = {
    Unit.MINUTE: ("clock", 1),
    Unit.HOUR: ("clock", 60),
    Unit.DAY: ("days", 1),
    Unit.WEEK: ("days", 7),
    Unit.WORKING_DAY: ("working days", 1),
    Unit.MONTH: ("months", 1),
    Unit.YEAR: ("months", 12),
}
SMALLEST = {"clock": Unit.MINUTE, "days": Unit.DAY, "working days": Unit.WORKING_DAY, "months": Unit.MONTH}


def as_truth(value: object) -> bool:
    if isinstance(value, bool | str) and value in TRUTHS:
        return TRUTHS[value]
    raise ExpressionError(f"{kind_word(value)} is neither yes nor no.")


def as_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ExpressionError(f"{kind_word(value)} is not a date.")


def as_number(value: object) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ExpressionError(f"{kind_word(value)} is not a number.")


def as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ExpressionError(f"{kind_word(value)} is not a text.")


def as_list(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    raise ExpressionError(f"{kind_word(value)} is not a list.")


def as_duration(value: object) -> Duration:
    if isinstance(value, Duration):
        return value
    raise ExpressionError(f"{kind_word(value)} is not a duration.")


def as_days(value: object) -> Duration:
    """A duration that a date can be moved by."""
    duration = as_duration(value)
    if duration.unit in CLOCK_UNITS:
        raise ExpressionError("A date has no hours or minutes; add days, weeks, months or years.")
    return duration


def measure(duration: Duration) -> tuple[str, int]:
    """What a duration can be compared with, and how long it is: ("days", 14) for 2 weeks."""
    family, size = MEASURES[duration.unit]
    return family, size * duration.amount


def is_empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, list | tuple) and not value)


def kind_word(value: object) -> str:
    """What kind of value it is, for error texts: they never carry the value itself, which may be personal."""
    kinds = {bool: "A yes/no", str: "A text", list: "A list", date: "A date", Duration: "A duration"}
    kinds |= {int: "A number", float: "A number"}
    return kinds.get(type(value), "This value")
