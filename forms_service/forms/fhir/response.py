"""Answers as a QuestionnaireResponse of FHIR R4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from forms_service.forms.context import Context
from forms_service.forms.fhir.items import Json, in_rows, values_of
from forms_service.forms.fhir.names import LANGUAGE, Names, section_id
from forms_service.forms.paper.answered import Asked, asked_in
from forms_service.forms.paper.gaps import with_gaps
from forms_service.forms.question import Question
from forms_service.language.definitions import FieldType, Form


@dataclass(frozen=True, slots=True)
class SentIn:
    """What is known of a sending besides its answers. ``at`` has a time zone; empty texts are not told."""

    id: str
    at: datetime
    by: str = ""
    case_number: str = ""
    source: str = ""
    """Whose answers they are, when somebody else wrote them down."""


def response(
    form: Form, context: Context, answers: Mapping[str, object], names: Names, sent: SentIn, *, with_internal: bool
) -> Json:
    """The questions that were asked, with their answers; internal ones only when they may be told."""
    numbers = {id(section): number for number, section in enumerate(form.sections, start=1)}
    asked = asked_in(form, context, answers, with_internal=with_internal)
    sections = (_section(each, numbers[id(each.section)], context, answers, names) for each in asked)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": sent.id,
        "language": LANGUAGE,
        "identifier": {"system": f"{names.base}/fhir/QuestionnaireResponse", "value": sent.id},
        "questionnaire": names.canonical,
        "status": "completed",
        **({"subject": _case(sent, names)} if sent.case_number else {}),
        "authored": sent.at.isoformat(timespec="seconds"),
        **({"author": {"display": sent.by}} if sent.by else {}),
        **({"source": {"display": sent.source}} if sent.source else {}),
        "item": [section for section in sections if section["item"]],
    }


def _case(sent: SentIn, names: Names) -> Json:
    return {"identifier": {"system": f"{names.base}/fhir/case", "value": sent.case_number}}


def _section(asked: Asked, number: int, context: Context, answers: Mapping[str, object], names: Names) -> Json:
    title = with_gaps(asked.section.title, context.data)
    return {
        "linkId": section_id(number),
        **({"text": title} if title else {}),
        "item": [item for each in asked.questions for item in _items(each, answers.get(each.name), names)],
    }


def _items(question: Question, answer: object, names: Names) -> list[Json]:
    """A question left open stays in with its words; a display asks nothing and is left out; a group has its rows."""
    if question.type is FieldType.GROUP:
        return [_row(question, row, names) for row in (answer if isinstance(answer, list) else [])]
    return [] if question.type is FieldType.NOTE else [_item(question, answer, names)]


def _row(group: Question, answers: Mapping[str, object], names: Names) -> Json:
    asked = zip(group.inner, in_rows(group), strict=True)
    items = [_item(question, answers.get(each.name), names) for each, question in asked]
    return {"linkId": group.name, "text": group.label, "item": items}


def _item(question: Question, answer: object, names: Names) -> Json:
    given = values_of(question, answer, names)
    return {"linkId": question.name, "text": question.label, **({"answer": given} if given else {})}
