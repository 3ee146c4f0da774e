"""A question that is wanted: asked for in its author's words, and never demanded."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms_service.forms.context import Context
from forms_service.forms.fhir.names import Names
from forms_service.forms.fhir.questionnaire import questionnaire
from forms_service.forms.fill import fill
from forms_service.forms.paper.blank import blank_sheet
from forms_service.forms.smallest import smallest
from tests.unit.forms.asking import a_field, a_form, posted

WORDS = "Du har ikke svart på hva du ønsker."
WISH = a_field("wish", wanted=WORDS)


def test_a_wanted_question_that_is_left_open_is_told_of_and_does_not_stand_in_the_way():
    result = fill(a_form(WISH), Context(), posted(wish=""))
    assert result.answers == {"wish": None}
    assert [(each.name, each.anchor, each.text) for each in result.left_open] == [("wish", "svar-wish", WORDS)]


def test_an_answered_one_is_not_told_of():
    assert fill(a_form(WISH), Context(), posted(wish="Fred")).left_open == ()


def test_a_wanted_question_that_is_hidden_is_not_told_of():
    more = a_field("more", wanted=WORDS, when='wish = "mer"')
    assert fill(a_form(a_field("wish"), more), Context(), posted(wish="annet")).left_open == ()


def test_wanted_ticks_are_told_of_until_one_is_set():
    ticks = a_field("ticks", "choices", wanted=WORDS, choices={"a": "A", "b": "B"})
    assert fill(a_form(ticks), Context(), posted()).left_open
    assert not fill(a_form(ticks), Context(), posted(ticks=["b"])).left_open


def test_a_rehearsal_leaves_it_open():
    assert smallest(a_form(WISH), Context(), date(2026, 1, 15)) == {}


def test_paper_and_fhir_know_it_from_what_may_be_left_out():
    form = a_form(WISH, a_field("more"), a_field("must", required="Svar"))
    paper: Any = blank_sheet(form, Context())
    parts = [part for section in paper["sections"] for block in section["blocks"] for part in block["parts"]]
    assert [part["mark"] for part in parts] == ["wanted", "optional", "required"]
    names = Names("https://skjema.example", "test", "1")
    told: Any = questionnaire(form, names, "Oss", date(2026, 1, 15))
    wish, more, _ = told["item"][0]["item"]
    assert wish["required"] is False
    assert wish["extension"] == [{"url": names.extension("wanted"), "valueString": WORDS}]
    assert "extension" not in more
