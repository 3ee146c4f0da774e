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
    if not question.choices:
        return fact
    chosen = fact if isinstance(fact, list) else [fact]
    return fact if all(item in question.choices for item in chosen) else None


def _plain(fact: object) -> Answer:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, list):
        return [str(item) for item in fact]
    return fact if isinstance(fact, str | int | float) else None
