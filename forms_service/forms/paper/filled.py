"""A form as somebody sent it, as plain data for the press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from forms_service.forms.context import Context
from forms_service.forms.paper.answered import Asked, asked_in
from forms_service.forms.paper.gaps import with_gaps
from forms_service.forms.question import Question
from forms_service.forms.signature import is_of, is_signature
from forms_service.forms.told import told
from forms_service.language.definitions import FieldType, Form

Part = dict[str, object]
WHOLE_WIDTH = ("text", "note", "rows")


def filled_sheet(
    form: Form, context: Context, answers: Mapping[str, object], *, with_internal: bool
) -> dict[str, object]:
    """Title, and sections of blocks: a table of short answers, or one longer text."""
    told_answers = {name: _compared(form, answers, answer) for name, answer in answers.items()}
    asked = asked_in(form, context, answers, with_internal=with_internal)
    return {"title": form.title, "sections": [_section(each, context, told_answers) for each in asked]}


def _compared(form: Form, answers: Mapping[str, object], answer: object) -> object:
    """Of a signature, whether it is of these very answers."""
    return {**answer, "is_of_these": is_of(form, answers, answer)} if is_signature(answer) else answer


def _section(asked: Asked, context: Context, answers: Mapping[str, object]) -> Part:
    parts = [_part(question, answers.get(question.name)) for question in asked.questions]
    return {"title": with_gaps(asked.section.title, context.data), "blocks": list(_blocks(parts))}


def _part(question: Question, answer: object) -> Part:
    words: Part = {"label": question.label, "internal": question.field.internal}
    if question.type is FieldType.NOTE:
        return {**words, "kind": "note", "value": question.help}
    if question.type is FieldType.GROUP and isinstance(answer, list):
        return {**words, "kind": "rows", "entries": [_row(question, *row) for row in enumerate(answer, start=1)]}
    return {**words, **told(question, answer)}


def _row(group: Question, number: int, answers: Mapping[str, object]) -> Part:
    parts = [_part(question, answers.get(question.name)) for question in group.inner]
    return {"title": f"{group.field.item} {number}", "blocks": list(_blocks(parts))}


def _blocks(parts: list[Part]) -> Iterator[Part]:
    """Short answers that follow each other share a table."""
    for is_wide, together in groupby(parts, key=lambda part: part["kind"] in WHOLE_WIDTH):
        if is_wide:
            yield from together
        else:
            yield {"kind": "table", "rows": list(together)}
