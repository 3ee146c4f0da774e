"""Field type → item type of R4, and how an answer is written there. A type that is not here is a string."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from forms_service.forms.fhir.names import Names
from forms_service.forms.question import Question
from forms_service.language.definitions import FieldType

Json = dict[str, object]

ITEM_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: "string",
    FieldType.PARAGRAPH: "text",
    FieldType.NUMBER: "decimal",
    FieldType.HOURS: "decimal",
    FieldType.DATE: "date",
    FieldType.TIME: "time",
    FieldType.CHOICE: "choice",
    FieldType.CHOICES: "choice",
    FieldType.SCALE: "choice",
    FieldType.YES_NO: "boolean",
    FieldType.CONFIRM: "boolean",
    FieldType.PERSON: "open-choice",
    FieldType.OFFICE: "open-choice",
    FieldType.PHONE: "string",
    FieldType.EMAIL: "string",
    FieldType.POSTCODE: "string",
    FieldType.FILE: "attachment",
    FieldType.GROUP: "group",
    FieldType.NOTE: "display",
}
"""People and offices are lists of their moment, so the definition offers none and the answer brings its words."""

WITH_LENGTH = frozenset({"string", "text"})
CODED = frozenset({"choice", "open-choice"})


def item_type(question: Question) -> str:
    return "integer" if question.field.whole else ITEM_TYPES.get(question.type, "string")


def in_rows(group: Question) -> list[Question]:
    """The questions of a group; the group's name stands before theirs, since others may be called the same."""
    return [replace(each, field=replace(each.field, name=f"{group.name}.{each.name}")) for each in group.inner]


def coding(question: Question, value: str, names: Names) -> Json:
    """One choice with its words; an answer that is no choice any more stands for itself."""
    label = question.choices.get(value, value)
    return {"system": names.choices(question.name), "code": value, "display": label}


def values_of(question: Question, answer: object, names: Names) -> list[Json]:
    """What stands under ``answer``: nothing for a question left open, one entry for each chosen answer."""
    if answer is None or answer in ("", []):
        return []
    kind = item_type(question)
    if kind in CODED:
        chosen = answer if isinstance(answer, list) else [answer]
        return [{"valueCoding": coding(question, str(each), names)} for each in chosen]
    return [WRITTEN.get(kind, _text)(answer)]


def _text(answer: object) -> Json:
    return {"valueString": ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)}


def _clock(answer: object) -> Json:
    """R4 wants seconds."""
    text = str(answer)
    return {"valueTime": f"{text}:00" if text.count(":") == 1 else text}


def _attachment(answer: object) -> Json:
    """What it is, without its bytes: those lie behind the access rules."""
    about = answer if isinstance(answer, Mapping) else {}
    return {"valueAttachment": {"contentType": about["kind"], "size": about["size"], "title": about["name"]}}


WRITTEN: Mapping[str, Callable[[object], Json]] = {
    "decimal": lambda answer: {"valueDecimal": answer},
    "integer": lambda answer: {"valueInteger": answer},
    "attachment": _attachment,
    "date": lambda answer: {"valueDate": answer},
    "time": _clock,
    "boolean": lambda answer: {"valueBoolean": answer in (True, "yes")},
}
