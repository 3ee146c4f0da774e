"""Forms on paper, as the plain data that is printed."""

from __future__ import annotations

from typing import Any

import pytest

from forms_service.forms.context import Context
from forms_service.forms.paper.blank import blank_sheet
from forms_service.forms.paper.controls import CONTROLS
from forms_service.forms.paper.filled import filled_sheet
from forms_service.forms.told import TOLD
from forms_service.language.definitions import Field, FieldType
from tests.unit.forms.asking import a_field, a_form
from tests.unit.forms.every_type import CONTEXT, an_answer_to_each, one_of_each

PICK = a_field("pick", "choice", choices={"a": "Den ene", "b": "Den andre"}, label="Hvilken?")
AGREE = a_field("agree", "yes_no", label="Enig?")


def blocks(*fields: Field, context: Context | None = None) -> list[dict[str, Any]]:
    sheet: Any = blank_sheet(a_form(*fields), context or Context())
    return [block for section in sheet["sections"] for block in section["blocks"]]


def part(field: Field, context: Context | None = None) -> dict[str, Any]:
    found: dict[str, Any] = blocks(field, context=context)[0]["parts"][0]
    return found


def rows(*fields: Field, context: Context | None = None, internal: bool = True, **answers: object) -> dict[str, Any]:
    """Label → the answer as it is told."""
    sheet: Any = filled_sheet(a_form(*fields), context or Context(), answers, with_internal=internal)
    told = [block for section in sheet["sections"] for block in section["blocks"]]
    return {row["label"]: row for block in told for row in block.get("rows", [block])}


def test_every_type_of_question_is_drawn_and_its_answer_told() -> None:
    assert set(CONTROLS) | {FieldType.PERSON, FieldType.EMAIL} >= {FieldType.TEXT, FieldType.NOTE}
    form = one_of_each()
    drawn: Any = blank_sheet(form, CONTEXT)
    told: Any = filled_sheet(form, CONTEXT, an_answer_to_each(), with_internal=True)
    assert len([part for block in drawn["sections"][0]["blocks"] for part in block["parts"]]) == len(FieldType)
    assert "none" not in {row["kind"] for block in told["sections"][0]["blocks"] for row in block.get("rows", [block])}


def test_a_type_that_nobody_has_thought_of_is_a_line_and_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms_service.forms.paper.controls.CONTROLS", {})
    monkeypatch.setattr("forms_service.forms.told.TOLD", {})
    assert TOLD is not None
    assert part(PICK)["kind"] == "lines"
    assert rows(a_field("some", "choices", choices={"a": "A"}), some=["a"])["Some"]["value"] == "a"


@pytest.mark.parametrize(
    ("kind", "more", "drawn"),
    [
        ("text", {"maximum": 40}, {"kind": "lines", "count": 1, "short": True}),
        ("text", {"maximum": 300}, {"kind": "lines", "count": 2, "short": False}),
        ("paragraph", {"maximum": 500}, {"kind": "lines", "count": 3}),
        ("paragraph", {"maximum": 1500}, {"kind": "lines", "count": 7}),
        ("paragraph", {"maximum": 10_000}, {"kind": "lines", "count": 8}),
        ("number", {"minimum": 1920, "maximum": 2015, "whole": True}, {"kind": "digits", "groups": [4]}),
        ("number", {"minimum": 1920, "maximum": 2015}, {"kind": "figure"}),
        ("number", {"minimum": 1920, "whole": True}, {"kind": "figure"}),
        ("number", {"minimum": 1, "maximum": 1440}, {"kind": "figure", "lowest": 1, "highest": 1440}),
        ("date", {}, {"kind": "date"}),
        ("yes_no", {}, {"kind": "ticks", "options": ["Ja", "Nei"], "beside": True}),
        ("person", {"pick": "peers"}, {"kind": "lines"}),
    ],
)
def test_what_is_drawn_fits_what_is_asked(kind: str, more: dict[str, Any], drawn: dict[str, Any]) -> None:
    found = part(a_field("x", kind, **more))
    assert {name: found[name] for name in drawn} == drawn


def test_what_is_internal_is_not_on_a_sheet_that_others_sign() -> None:
    note, sign = a_field("note", "paragraph", internal=True), a_field("by_peer", "signature", signer="peer")
    assert [each["label"] for each in blocks(PICK, note)[0]["parts"]] == ["Hvilken?", "Note"]
    assert [each["label"] for each in blocks(PICK, note, sign)[0]["parts"]] == ["Hvilken?", "By_peer"]


def test_no_list_of_people_is_printed() -> None:
    assert "Berit" not in str(blocks(a_field("x", "person", pick="peers"), context=CONTEXT))


def test_scales_with_the_same_steps_share_a_table() -> None:
    steps = {"1": "Uenig", "2": "Enig", "unsure": "Vet ikke"}
    parts = blocks(*(a_field(name, "scale", choices=steps) for name in ("a", "b")), a_field("c"))[0]["parts"]
    assert [each["kind"] for each in parts] == ["scales", "lines"]
    assert (parts[0]["steps"], parts[0]["besides"]) == ([["1", "Uenig"], ["2", "Enig"]], ["Vet ikke"])
    assert [row["label"] for row in parts[0]["rows"]] == ["A", "B"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ('pick = "a"', "du svarte «Den ene» på «Hvilken?»"),
        ('pick != "a"', "du svarte noe annet enn «Den ene» på «Hvilken?»"),
        ('pick in ["a", "b"]', "du svarte «Den ene» eller «Den andre» på «Hvilken?»"),
        ("agree", "du svarte «Ja» på «Enig?»"),
        ("not agree", "du svarte «Nei» på «Enig?»"),
        ("pick is empty", "du ikke svarte på «Hvilken?»"),
        ("pick is not empty", "du svarte på «Hvilken?»"),
        ('me.role = "coordinator"', "du er koordinator"),
        ('me.role != "coordinator"', "du ikke er koordinator"),
        ('pick = "a" and agree', "du svarte «Den ene» på «Hvilken?» og du svarte «Ja» på «Enig?»"),
        ('pick = "a" and match.goal_count >= 2', "du svarte «Den ene» på «Hvilken?» og antall mål er minst 2"),
    ],
)
def test_a_condition_is_told_in_words(when: str, said: str) -> None:
    assert blocks(PICK, AGREE, a_field("last", when=when))[-1]["when"] == said


def test_questions_under_the_same_condition_share_its_words() -> None:
    told = blocks(PICK, a_field("one", when='pick = "a"'), a_field("two", when='pick = "a"'), a_field("three"))
    assert [(block["when"] != "", len(block["parts"])) for block in told] == [(False, 1), (True, 2), (False, 1)]


def test_what_the_facts_have_decided_is_not_asked_again() -> None:
    """With one goal there is no second one to ask about, and nobody needs to count."""
    fields = [a_field(f"g{n}", when=f'pick = "a" and match.goal_count >= {n}') for n in (1, 2)]
    told = blocks(PICK, *fields, context=Context({"match": {"goal_count": 1}}))
    assert [block["when"] for block in told] == ["", "du svarte «Den ene» på «Hvilken?»"]
    assert [each["label"] for each in told[1]["parts"]] == ["G1"]


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({}, "Mål 1: ______________"),
        ({"match": {}}, "Mål 1: ______________"),
        ({"match": {"goal_1": ""}}, "Mål 1: ______________"),
        ({"match": {"goal_1": "Ut på tur"}}, "Mål 1: Ut på tur"),
        ({"match": {"goal_1": "{{ 7 * 7 }}"}}, "Mål 1: {{ 7 * 7 }}"),
        ({"match": "no group"}, "Mål 1: ______________"),
    ],
)
def test_a_fact_stands_in_its_label_or_a_line_for_it(facts: dict[str, Any], label: str) -> None:
    assert part(a_field("g", label="Mål 1: {{ match.goal_1 }}"), Context(facts))["label"] == label


@pytest.mark.parametrize("label", ["{{ 1 / 0 }}", "{% if x %}a{% endif %}{{ b", "{{ y | nothing }}", "{"])
def test_no_label_keeps_a_form_from_paper(label: str) -> None:
    assert part(a_field("g", label=label))["kind"] == "lines"


def test_answers_are_told_with_the_words_of_what_was_chosen() -> None:
    scale = a_field("mood", "scale", choices={"1": "Uenig", "2": "Enig", "unsure": "Vet ikke"})
    told = rows(PICK, scale, a_field("who", "person", pick="peers"), context=CONTEXT, pick="b", mood="2", who="berit")
    assert told["Hvilken?"]["value"] == "Den andre"
    assert (told["Mood"]["value"], told["Mood"]["at"], told["Mood"]["of"]) == ("Enig", 1, 2)
    assert told["Who"]["value"] == "Berit"


def test_hidden_questions_are_left_out_and_open_ones_are_not() -> None:
    told = rows(PICK, a_field("why", when='pick = "b"'), a_field("open"), pick="a", why=None, open=None)
    assert set(told) == {"Hvilken?", "Open"}
    assert told["Open"]["kind"] == "none"


def test_an_answer_that_was_given_is_told_although_the_facts_have_changed() -> None:
    assert "Why" in rows(a_field("why", when="match.goal_count >= 2"), why="Fordi")


def test_internal_answers_are_marked_and_only_told_to_those_who_may_see_them() -> None:
    note = a_field("note", "paragraph", internal=True)
    assert rows(note, a_field("x"), note="PLANTET", x="1")["Note"]["internal"] is True
    assert "PLANTET" not in str(rows(note, a_field("x"), internal=False, note="PLANTET", x="1"))
