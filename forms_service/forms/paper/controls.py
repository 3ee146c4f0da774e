"""Field type → what is drawn on paper for an answer: lines, boxes, ticks. A type that is not here gets a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms_service.forms.question import Question
from forms_service.language.definitions import MOST_ROWS, FieldType

Control = dict[str, object]
"""Plain data: ``kind`` names the macro in pdf_templates/_forms/controls.html, the rest is what it needs."""

BY_HAND = 60
"""Characters that fit on one line of a sheet."""
SHORT = 40
FEWEST_LINES, USUAL_LINES, MOST_LINES = 3, 5, 8
CROWDED = 92
"""Characters of answers beside each other on one line, with their boxes."""
BOX = 8
MANY, COLUMN = 5, 36
"""From so many answers on they stand in two columns, as long as none is longer than this."""
FIRST_YEAR = 1000
USUAL_ROWS, MOST_DRAWN_ROWS = 3, 6


def control_for(question: Question) -> Control:
    return CONTROLS.get(question.type, _line)(question)


def _line(question: Question) -> Control:
    return {"kind": "lines", "count": 1, "short": False}


def _text(question: Question) -> Control:
    longest = question.field.maximum or BY_HAND
    return {"kind": "lines", "count": min(3, -(-longest // (3 * BY_HAND))), "short": longest <= SHORT}


def _paragraph(question: Question) -> Control:
    """People write a quarter of what they may."""
    longest = question.field.maximum
    count = -(-longest // (4 * BY_HAND)) if longest else USUAL_LINES
    return {"kind": "lines", "count": max(FEWEST_LINES, min(MOST_LINES, count)), "short": False}


def _number(question: Question) -> Control:
    """A year has its four boxes; other numbers may be shorter, or have a comma."""
    lowest, highest = question.field.minimum, question.field.maximum
    is_year = question.field.whole and (lowest or 0) >= FIRST_YEAR and highest is not None
    if is_year and len(str(lowest)) == len(str(highest)):
        return {"kind": "digits", "groups": [len(str(highest))]}
    return {"kind": "figure", "lowest": lowest, "highest": highest}


def _ticks(question: Question) -> Control:
    lengths = [len(label) for label in question.choices.values()]
    beside = sum(lengths) + BOX * len(lengths) <= CROWDED
    several = question.type is FieldType.CHOICES
    return {
        "kind": "ticks",
        "options": list(question.choices.values()),
        "beside": beside,
        "columns": not beside and len(lengths) >= MANY and max(lengths) <= COLUMN,
        "several": several,
        "most": question.field.maximum if several else None,
    }


def _office(question: Question) -> Control:
    return _ticks(question) if question.choices else _line(question)


def _scale(question: Question) -> Control:
    return {
        "kind": "scale",
        "steps": [list(step) for step in question.steps.items()],
        "besides": list(question.besides.values()),
    }


def _rows(question: Question) -> Control:
    """As many rows as must be filled in and one more, a few at least and not more than there is room for."""
    fewest, most = question.field.minimum or 0, question.field.maximum or MOST_ROWS
    count = min(most, max(fewest + 1, USUAL_ROWS), max(fewest, MOST_DRAWN_ROWS))
    return {
        "kind": "rows",
        "titles": [f"{question.field.item} {number}" for number in range(1, count + 1)],
        "most": question.field.maximum,
        "parts": [{**words(each), **control_for(each)} for each in question.inner],
    }


def words(question: Question) -> Control:
    return {"label": question.label, "help": question.help, "mark": question.mark}


def _drawn(kind: str, **more: object) -> Callable[[Question], Control]:
    return lambda question: {"kind": kind, **more}


CONTROLS: Mapping[FieldType, Callable[[Question], Control]] = {
    FieldType.TEXT: _text,
    FieldType.PARAGRAPH: _paragraph,
    FieldType.NUMBER: _number,
    FieldType.DATE: _drawn("date"),
    FieldType.TIME: _drawn("time"),
    FieldType.HOURS: _drawn("hours"),
    FieldType.CHOICE: _ticks,
    FieldType.CHOICES: _ticks,
    FieldType.YES_NO: _ticks,
    FieldType.OFFICE: _office,
    FieldType.CONFIRM: _drawn("tick"),
    FieldType.SCALE: _scale,
    FieldType.PHONE: _drawn("digits", groups=[3, 2, 3]),
    FieldType.POSTCODE: _drawn("digits", groups=[4]),
    FieldType.GROUP: _rows,
    FieldType.FILE: _drawn("enclose"),
    FieldType.SIGNATURE: _drawn("signature"),
    FieldType.NOTE: _drawn("note"),
}
"""Without person: a list of people is not for paper that anybody may pick up."""
