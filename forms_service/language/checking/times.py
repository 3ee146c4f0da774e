"""Checks the reminders of a task: each at a time of its own, and none when the task is late already."""

from __future__ import annotations

from forms_service.language.definitions import Ask, at
from forms_service.language.duration import Duration, Unit
from forms_service.language.notes import Notes

MEASURES = {
    Unit.MINUTE: ("minute", 1),
    Unit.HOUR: ("minute", 60),
    Unit.DAY: ("day", 1),
    Unit.WEEK: ("day", 7),
    Unit.WORKING_DAY: ("working day", 1),
    Unit.MONTH: ("month", 1),
    Unit.YEAR: ("month", 12),
}
"""Units that differ by nothing but a number have one measure."""
HOURS = {"minute": (1 / 60, 1 / 60), "day": (23, 25), "working day": (23, 9 * 24), "month": (28 * 24 - 1, 31 * 24 + 1)}
"""How short and how long one of a measure can be: with summer time, and with a working day before Easter."""


def check_times(step: Ask, notes: Notes) -> None:
    for index, reminder in enumerate(step.remind):
        place = at(step, f"remind.{index}")
        if step.due and surely_after(reminder, step.due):
            notes.add(place, f'This reminder comes after "due" ({step.due}), when the task is late.')
        if any(measured(reminder) == measured(other) for other in step.remind[:index]):
            notes.add(place, "There is a reminder at this time already.")


def measured(duration: Duration) -> tuple[str, int]:
    measure, amount = MEASURES[duration.unit]
    return measure, amount * duration.amount


def surely_after(first: Duration, second: Duration) -> bool:
    """Whether the first is longer than the second on any day of any year."""
    (measure, amount), (other, other_amount) = measured(first), measured(second)
    if measure == other:
        return amount > other_amount
    return amount * HOURS[measure][0] > other_amount * HOURS[other][1]
