"""What stands in a field when it is opened, because the service knows it already."""

from __future__ import annotations

from datetime import date

from forms_service.errors import ExpressionError, MissingValue
from forms_service.forms.answers import Answer
from forms_service.forms.context import Context
from forms_service.forms.question import Question


def fact_for(question: Question, context: Context) -> Answer:
    """The fact as an answer; None when it is not known, or is none of the question's choices."""
    assert question.field.prefill is not None
    try:
        fact = _plain(question.field.prefill.value(context.data))
    except (MissingValue, ExpressionError):
        return None
    if fact is None or not question.choices:
        return fact
    if isinstance(fact, list):
        return fact if all(item in question.choices for item in fact) else None
    return fact if fact in question.choices else _by_its_words(question, fact)


def _by_its_words(question: Question, fact: Answer) -> str | None:
    """An office is known by its name and stored by its id; of two that are called the same, neither is meant."""
    meant = [value for value, label in question.choices.items() if label == fact]
    return meant[0] if len(meant) == 1 else None


def _plain(fact: object) -> Answer:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, list):
        return [str(item) for item in fact]
    return fact if isinstance(fact, str | int | float) and fact != "" else None
