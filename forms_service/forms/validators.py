"""WTForms validators: any callable of form and field. Every error text repeats the question's label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms.validators import StopValidation  # type: ignore[import-untyped]

from forms_service.forms.question import Question
from forms_service.forms.written import written
from forms_service.language.definitions import FieldType
from forms_service.texts import say

Validator = Callable[[Any, Any], None]


def one_answer(form: Any, field: Any) -> None:
    """A question with one answer refuses two; a browser never sends them."""
    if len(field.raw_data or ()) > 1:
        _refuse("forms.one_answer", field.question)


def required(form: Any, field: Any) -> None:
    """The author's own words when nothing was answered."""
    if field.question.is_required and not field.typed:
        raise StopValidation(field.question.field.required)


def taken(form: Any, field: Any) -> None:
    """The file that was chosen is one that we take, and have; the words say why not."""
    if field.trouble:
        raise StopValidation(field.trouble)


def readable(form: Any, field: Any) -> None:
    """Something was typed that is not what the question asks for."""
    question = field.question
    if field.typed and field.data is None:
        _refuse("forms.not_whole" if question.field.whole else f"forms.not_{question.type}", question)


def whole(form: Any, field: Any) -> None:
    """Nothing after the comma, where the definition says so; 4,0 is 4."""
    if field.question.field.whole and isinstance(field.data, float):
        _refuse("forms.not_whole", field.question)


def length(form: Any, field: Any) -> None:
    """Counted in characters, after cleaning."""
    question, count = field.question, len(field.data or "")
    if count > question.longest:
        _refuse("forms.too_long", question, count=count, maximum=question.longest)
    if count and question.field.minimum and count < question.field.minimum:
        _refuse("forms.too_short", question, count=count, minimum=question.field.minimum)


def bounds(form: Any, field: Any) -> None:
    """A number between the definition's minimum and maximum, both included."""
    if field.data is None:
        return
    minimum, maximum = field.question.field.minimum, field.question.field.maximum
    if minimum is not None and field.data < minimum:
        _refuse("forms.too_small", field.question, minimum=minimum)
    if maximum is not None and field.data > maximum:
        _refuse("forms.too_big", field.question, maximum=maximum)


def how_many(form: Any, field: Any) -> None:
    """A number of chosen items between the definition's minimum and maximum."""
    count, question = len(field.data or ()), field.question
    if count and question.field.minimum and count < question.field.minimum:
        _refuse("forms.too_few", question, minimum=question.field.minimum)
    if question.field.maximum and count > question.field.maximum:
        _refuse("forms.too_many", question, maximum=question.field.maximum)


def how_many_rows(form: Any, field: Any) -> None:
    """A number of rows between the definition's minimum and maximum."""
    count, question = len(field.filled), field.question
    if count and question.field.minimum and count < question.field.minimum:
        _refuse("forms.too_few_rows", question, minimum=question.field.minimum)
    if count > field.most:
        _refuse("forms.too_many_rows", question, maximum=field.most)


OF_TYPE: dict[FieldType, tuple[Validator, ...]] = {
    FieldType.TEXT: (length,),
    FieldType.PARAGRAPH: (length,),
    FieldType.NUMBER: (whole, bounds),
    FieldType.HOURS: (bounds,),
    FieldType.CHOICES: (how_many,),
    FieldType.GROUP: (how_many_rows,),
}


SEVERAL = (FieldType.CHOICES, FieldType.GROUP)


def validators_for(question: Question) -> tuple[Validator, ...]:
    """In order; the first that refuses is the one that is told."""
    if question.type is FieldType.SIGNATURE:
        return (required, readable)
    first: tuple[Validator, ...] = () if question.type in SEVERAL else (one_answer,)
    first = (taken, *first) if question.type is FieldType.FILE else first
    return (*first, required, readable, *OF_TYPE.get(question.type, ()))


def _refuse(key: str, question: Question, **values: int) -> None:
    raise StopValidation(say(key, label=question.label, **{name: written(value) for name, value in values.items()}))
