"""Checks the reminders of a task: each at a time of its own, and none when the task is late already."""

from __future__ import annotations

from forms_service.language.definitions import Ask, at
from forms_service.language.duration import Duration
from forms_service.language.grammar.values import measure
from forms_service.language.notes import Notes

HOURS = {
    "clock": (1 / 60, 1 / 60),
    "days": (23, 25),
    "working days": (23, 9 * 24),
    "months": (28 * 24 - 1, 31 * 24 + 1),
}
"""How short and how long one of a measure can be: with summer time, and with a working day before Easter."""


def check_times(step: Ask, notes: Notes) -> None:
    for index, reminder in enumerate(step.remind):
        place = at(step, f"remind.{index}")
        if step.due and surely_after(reminder, step.due):
            notes.add(place, f'This reminder comes after "due" ({step.due}), when the task is late.')
        if any(measure(reminder) == measure(other) for other in step.remind[:index]):
            notes.add(place, "There is a reminder at this time already.")


def surely_after(first: Duration, second: Duration) -> bool:
    """Whether the first is longer than the second on any day of any year."""
    (family, amount), (other, other_amount) = measure(first), measure(second)
    if family == other:
        return amount > other_amount
    return amount * HOURS[family][0] > other_amount * HOURS[other][1]
