"""Field type → how an answer is told to people. A type that is not here is told as the text that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms_service.forms.attached.size import size_words
from forms_service.forms.question import Question
from forms_service.forms.signature import with_day_and_time
from forms_service.language.definitions import FieldType
from forms_service.texts import say

Told = dict[str, object]
"""Plain data: ``kind`` names the macro in pdf_templates/_forms/answers.html; "none" for a question left open."""

LONG = 60
"""A text with more characters, or with several lines, gets the whole width."""


def told(question: Question, answer: object) -> Told:
    if answer is None or answer in ("", []):
        return {"kind": "none"}
    return TOLD.get(question.type, _text)(question, answer)


def _text(question: Question, answer: object) -> Told:
    words = ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
    return {"kind": "text" if len(words) > LONG or "\n" in words else "words", "value": words}


def _paragraph(question: Question, answer: object) -> Told:
    return {"kind": "text", "value": str(answer)}


def _chosen(question: Question, answer: object) -> Told:
    return {"kind": "words", "value": question.choices.get(str(answer), str(answer))}


def _several(question: Question, answer: object) -> Told:
    chosen = answer if isinstance(answer, list) else [answer]
    return {"kind": "list", "value": [question.choices.get(str(each), str(each)) for each in chosen]}


def _scale(question: Question, answer: object) -> Told:
    steps = list(question.steps)
    if answer not in steps:
        return _chosen(question, answer)
    return {"kind": "scale", "value": question.choices[str(answer)], "at": steps.index(str(answer)), "of": len(steps)}


def _confirmed(question: Question, answer: object) -> Told:
    return {"kind": "words", "value": say("common.yes" if answer else "common.no")}


def _file(question: Question, answer: object) -> Told:
    about = answer if isinstance(answer, Mapping) else {}
    return {"kind": "words", "value": f"{about.get('name', '')} ({size_words(about.get('size'))})"}


def _signature(question: Question, answer: object) -> Told:
    """Name, drawing, and the day and time of the place where it was signed."""
    if not isinstance(answer, Mapping):
        return _text(question, answer)
    return {"kind": "signature", **with_day_and_time(answer)}


def _as(kind: str) -> Callable[[Question, object], Told]:
    return lambda question, answer: {"kind": kind, "value": answer}


TOLD: Mapping[FieldType, Callable[[Question, object], Told]] = {
    FieldType.PARAGRAPH: _paragraph,
    FieldType.NUMBER: _as("number"),
    FieldType.HOURS: _as("hours"),
    FieldType.DATE: _as("date"),
    FieldType.TIME: _as("time"),
    FieldType.CHOICE: _chosen,
    FieldType.YES_NO: _chosen,
    FieldType.SCALE: _scale,
    FieldType.PERSON: _chosen,
    FieldType.OFFICE: _chosen,
    FieldType.CHOICES: _several,
    FieldType.CONFIRM: _confirmed,
    FieldType.FILE: _file,
    FieldType.SIGNATURE: _signature,
}
