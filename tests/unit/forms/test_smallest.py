"""The smallest answers are always answers that the form takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.forms.context import Context
from forms_service.forms.smallest import smallest
from forms_service.language.definitions import Field, FieldType, Form, Section
from forms_service.language.files import read_files
from forms_service.language.load import load
from forms_service.language.problems import NOWHERE
from forms_service.rehearsal.signing import OpenSeal, fill_and_sign

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 1, 15)
CHOICES = {"a": "A", "b": "B", "c": "C"}
AROUND = Context(picks=lambda name: {"p1": "Per"}, offices={"o1": "Nord"}, seal=OpenSeal())


def form_of(field: Field) -> Form:
    return Form("form", "Form", NOWHERE, (Section("Section", (field,)),))


def answers(form: Form, context: Context = AROUND) -> dict[str, object]:
    typed = smallest(form, context, TODAY)
    filled = fill_and_sign(form, context, typed, datetime(2026, 1, 15, 14, 3, tzinfo=UTC))
    assert filled.problems == ()
    return dict(filled.answers or {})


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        (Field("book", "Book", FieldType.TEXT, NOWHERE, "!"), "book"),
        (Field("book", "Book", FieldType.TEXT, NOWHERE, "!", minimum=12), "book book book book"),
        (Field("book", "Book", FieldType.TEXT, NOWHERE, "!", maximum=2), "bo"),
        (Field("n", "N", FieldType.NUMBER, NOWHERE, "!"), 1),
        (Field("n", "N", FieldType.NUMBER, NOWHERE, "!", minimum=7), 7),
        (Field("n", "N", FieldType.NUMBER, NOWHERE, "!", maximum=-3), -3),
        (Field("d", "D", FieldType.DATE, NOWHERE, "!"), "2026-01-15"),
        (Field("c", "C", FieldType.CHOICE, NOWHERE, "!", choices=CHOICES), "a"),
        (Field("c", "C", FieldType.CHOICES, NOWHERE, "!", choices=CHOICES), ["a"]),
        (Field("c", "C", FieldType.CHOICES, NOWHERE, "!", choices=CHOICES, minimum=2), ["a", "b"]),
        (Field("y", "Y", FieldType.YES_NO, NOWHERE, "!"), "yes"),
        (Field("t", "T", FieldType.CONFIRM, NOWHERE, "!"), True),
        (Field("mail", "M", FieldType.EMAIL, NOWHERE, "!"), "mail@invented.example"),
        (Field("phone", "P", FieldType.PHONE, NOWHERE, "!"), "400 00 000"),
        (Field("who", "W", FieldType.PERSON, NOWHERE, "!", pick="people"), "p1"),
        (Field("where", "W", FieldType.OFFICE, NOWHERE, "!"), "o1"),
        (Field("free", "F", FieldType.TEXT, NOWHERE), None),
    ],
)
def test_each_kind_of_question_has_one(field: Field, answer: object) -> None:
    assert answers(form_of(field)) == {field.name: answer}


@pytest.mark.parametrize(
    "key", sorted(load(read_files(ROOT / "workflows", ROOT / "pdf_templates"), PEER_SUPPORT).forms)
)
def test_every_shipped_form_takes_them(key: str) -> None:
    form = load(read_files(ROOT / "workflows", ROOT / "pdf_templates"), PEER_SUPPORT).forms[key]
    facts = {name.partition(".")[0]: dict[str, object]() for name in PEER_SUPPORT.facts}
    for name in PEER_SUPPORT.facts:
        kind, _, fact = name.partition(".")
        facts[kind][fact] = fact
    context = replace(AROUND, data={**facts, "today": TODAY, "me": {"role": "coordinator"}})
    assert answers(form, context)
