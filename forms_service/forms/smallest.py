"""The smallest answers that a form takes: what a rehearsal types where nobody has said anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from forms_service.forms.build import groups_of
from forms_service.forms.context import Context
from forms_service.forms.question import Question
from forms_service.language.definitions import FieldType, Form

PHONE = "40000000"
ADDRESS = "{name}@invented.example"


def smallest(form: Form, context: Context, today: date) -> dict[str, list[str]]:
    """What to type for each question that must be answered; the others stay empty.

    A text is its own name, a choice the first one, a date today.
    """
    questions = (question for group in groups_of(form, context) for question in group.questions)
    asked = [question for question in questions if question.is_required and question.is_stored]
    return {name: typed for question in asked for name, typed in _posted(question, today).items()}


def _posted(question: Question, today: date) -> dict[str, list[str]]:
    """Of a group, the fewest rows; in each what must be answered, or the first question when nothing must."""
    if question.type is not FieldType.GROUP:
        return {question.name: _typed(question, today)}
    needed = [each for each in question.inner if each.is_required] or question.inner[:1]
    rows = [f"{question.name}-{number}" for number in range(question.field.minimum or 1)]
    return {f"{row}-{each.name}": _typed(each, today) for row in rows for each in needed}


def _typed(question: Question, today: date) -> list[str]:
    if question.choices:
        return list(question.choices)[: _how_many(question)]
    return [TYPED[question.type](question, today)] if question.type in TYPED else []


def _how_many(question: Question) -> int:
    return max(1, question.field.minimum or 1) if question.type is FieldType.CHOICES else 1


def _text(question: Question, today: date) -> str:
    """At least as long as it must be, at most as long as it may be."""
    shortest = question.field.minimum or 1
    repeated = " ".join([question.name] * (shortest // len(question.name) + 1))
    return (repeated if shortest > len(question.name) else question.name)[: question.longest]


def _number(question: Question, today: date) -> str:
    lowest, highest = question.field.minimum, question.field.maximum
    return str(lowest if lowest is not None else min(1, highest if highest is not None else 1))


TYPED: Mapping[FieldType, Callable[[Question, date], str]] = {
    FieldType.TEXT: _text,
    FieldType.PARAGRAPH: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: lambda question, today: today.isoformat(),
    FieldType.TIME: lambda question, today: "12:00",
    FieldType.HOURS: _number,
    FieldType.POSTCODE: lambda question, today: "0150",
    FieldType.SIGNATURE: lambda question, today: question.label,
    FieldType.CONFIRM: lambda question, today: "true",
    FieldType.PHONE: lambda question, today: PHONE,
    FieldType.FILE: lambda question, today: next(iter(question.files), ""),
    FieldType.EMAIL: lambda question, today: ADDRESS.format(name=question.name),
}
"""What is typed and not chosen."""
