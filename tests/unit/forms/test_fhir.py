"""Forms and answers as FHIR R4 has them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.forms.context import Context
from forms_service.forms.fhir.items import ITEM_TYPES, item_type
from forms_service.forms.fhir.names import Names
from forms_service.forms.fhir.questionnaire import questionnaire
from forms_service.forms.fhir.response import SentIn, response
from forms_service.forms.question import ask
from forms_service.language.definitions import Field, FieldType, Form
from forms_service.language.files import read_files
from forms_service.language.load import load
from tests.unit.forms.asking import a_field, a_form
from tests.unit.forms.every_type import CONTEXT, an_answer_to_each, one_of_each
from tests.unit.forms.r4 import wrong_in_questionnaire, wrong_in_response

ROOT = Path(__file__).parents[3]
SHIPPED = load(read_files(ROOT / "workflows", ROOT / "pdf_templates"), PEER_SUPPORT).forms
NAMES = Names("https://skjema.example", "test", "4f1c09ab")
SENT = SentIn("0a1b2c", datetime(2026, 1, 15, 9, 30, tzinfo=UTC), "Nora Lie", "2026-0017")
DAY = date(2026, 1, 15)
CHOICE = {"a": "Den ene", "b": "Den andre"}


def asked(form: Form) -> dict[str, Any]:
    return questionnaire(form, NAMES, "Veifellesskapet", DAY)


def answered(form: Form, answers: dict[str, Any], context: Context = CONTEXT, internal: bool = True) -> dict[str, Any]:
    return response(form, context, answers, NAMES, SENT, with_internal=internal)


def items(resource: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["linkId"]: item for section in resource["item"] for item in section["item"]}


def shown_when(when: str, *before: Field) -> dict[str, Any]:
    """The last question's item, which has the condition."""
    return items(asked(a_form(*before, a_field("last", when=when))))["last"]


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_every_shipped_form_keeps_the_rules_of_r4(key: str) -> None:
    assert wrong_in_questionnaire(questionnaire(SHIPPED[key], Names("https://x.example", key, "1"), "V", DAY)) == []


def test_every_type_of_question_has_an_item_type_and_every_answer_fits_it() -> None:
    form = one_of_each()
    assert set(ITEM_TYPES) <= set(FieldType)
    assert wrong_in_questionnaire(asked(form)) == []
    assert wrong_in_response(answered(form, an_answer_to_each()), asked(form)) == []


def test_a_type_that_nobody_has_thought_of_is_a_string(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms_service.forms.fhir.items.ITEM_TYPES", {})
    assert item_type(ask(a_field("some", "choices"), Context())) == "string"
    form = one_of_each()
    assert wrong_in_questionnaire(asked(form)) == []
    assert wrong_in_response(answered(form, an_answer_to_each()), asked(form)) == []


def test_a_whole_number_is_an_integer_in_the_question_the_answer_and_the_condition() -> None:
    form = a_form(a_field("born", "number", whole=True, minimum=1920), a_field("why", when="born < 1950"))
    item, why = asked(form)["item"][0]["item"]
    assert (item["type"], why["enableWhen"][0]["answerInteger"]) == ("integer", 1950)
    given = answered(form, {"born": 1940, "why": "svar"})
    assert given["item"][0]["item"][0]["answer"] == [{"valueInteger": 1940}]
    assert (wrong_in_questionnaire(asked(form)), wrong_in_response(given, asked(form))) == ([], [])


def test_a_questionnaire_says_its_version_language_and_that_it_is_in_use() -> None:
    told = asked(a_form(a_field("name", maximum=80, required="Skriv navnet")))
    assert (told["version"], told["language"], told["status"], told["date"], told["title"]) == (
        "4f1c09ab",
        "nb-NO",
        "active",
        "2026-01-15",
        "Test",
    )
    assert told["item"][0]["type"] == "group"
    assert items(told)["name"] == {
        "linkId": "name",
        "text": "Name",
        "type": "string",
        "required": True,
        "maxLength": 80,
    }


def test_help_is_an_item_below_and_a_scale_has_its_numbers() -> None:
    scale = a_field("mood", "scale", choices={"1": "Uenig", "2": "Enig", "unsure": "Vet ikke"}, help="Som det er")
    item = items(asked(a_form(scale)))["mood"]
    assert item["item"][0]["type"] == "display"
    assert [option["valueCoding"]["code"] for option in item["answerOption"]] == ["1", "2", "unsure"]
    numbers = [option["valueCoding"].get("extension", [{}])[0].get("valueDecimal") for option in item["answerOption"]]
    assert numbers == [1, 2, None]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ('pick = "a"', [("pick", "=", "a")]),
        ('pick != "a"', [("pick", "exists", True), ("pick", "!=", "a")]),
        ("agree", [("agree", "=", True)]),
        ("not agree", [("agree", "=", False)]),
        ('agree = "no"', [("agree", "=", False)]),
        ('"b" in some', [("some", "=", "b")]),
        ("count >= 2", [("count", ">=", 2)]),
        ("pick is empty", [("pick", "exists", False)]),
        ("pick is not empty", [("pick", "exists", True)]),
        ('pick = "a" and agree and count < 3', [("pick", "=", "a"), ("agree", "=", True), ("count", "<", 3)]),
        ('pick in ["a", "b"]', [("pick", "=", "a"), ("pick", "=", "b")]),
    ],
)
def test_a_simple_condition_is_said_in_the_words_of_r4(when: str, said: list[tuple[str, str, object]]) -> None:
    item = shown_when(
        when,
        a_field("pick", "choice", choices=CHOICE),
        a_field("agree", "yes_no"),
        a_field("some", "choices", choices=CHOICE),
        a_field("count", "number"),
    )
    assert [(each["question"], each["operator"], _value(each)) for each in item["enableWhen"]] == said
    joined = {"pick in": "any"}.get(when[:7], "all")
    assert item.get("enableBehavior") == (joined if len(said) > 1 else None)


def _value(when: dict[str, Any]) -> object:
    value = next(value for name, value in when.items() if name.startswith("answer"))
    return value["code"] if isinstance(value, dict) else value


@pytest.mark.parametrize(
    "when",
    [
        'me.role = "peer"',
        'pick = "a" and match.goal_count >= 1',
        '(pick = "a" or agree) and count > 1',
        'pick != "a" or agree',
        "count + 1 > 2",
    ],
)
def test_a_condition_that_r4_has_no_words_for_stands_in_an_extension_as_its_author_wrote_it(when: str) -> None:
    item = shown_when(
        when, a_field("pick", "choice", choices=CHOICE), a_field("agree", "yes_no"), a_field("count", "number")
    )
    assert "enableWhen" not in item
    assert {"url": "https://skjema.example/fhir/StructureDefinition/show-when", "valueString": when} in item[
        "extension"
    ]


def test_a_response_brings_the_words_of_what_was_chosen_and_leaves_out_what_was_hidden() -> None:
    form = a_form(
        a_field("pick", "choice", choices=CHOICE),
        a_field("why", when='pick = "b"'),
        a_field("open"),
        a_field("at", "time"),
    )
    told = items(answered(form, {"pick": "a", "why": None, "open": None, "at": "09:30"}))
    assert set(told) == {"pick", "open", "at"}
    assert told["pick"]["answer"][0]["valueCoding"]["display"] == "Den ene"
    assert told["at"]["answer"] == [{"valueTime": "09:30:00"}]
    assert "answer" not in told["open"]


def test_a_response_says_who_when_and_about_which_case() -> None:
    told = answered(a_form(a_field("name")), {"name": "x"})
    assert told["questionnaire"] == "https://skjema.example/fhir/Questionnaire/test|4f1c09ab"
    assert told["authored"] == "2026-01-15T09:30:00+00:00"
    assert told["author"] == {"display": "Nora Lie"}
    assert told["subject"]["identifier"]["value"] == "2026-0017"


def test_internal_answers_are_marked_and_only_told_to_those_who_may_see_them() -> None:
    form = a_form(a_field("note", "paragraph", internal=True), a_field("name"))
    answers = {"note": "PLANTET", "name": "x"}
    assert "PLANTET" in json.dumps(answered(form, answers))
    assert "PLANTET" not in json.dumps(answered(form, answers, internal=False))
    marks = items(asked(form))["note"]["extension"]
    assert {"url": "https://skjema.example/fhir/StructureDefinition/internal", "valueBoolean": True} in marks


def test_a_fact_in_a_label_is_a_line_in_the_definition_and_a_fact_in_the_response() -> None:
    form = a_form(a_field("goal", label="Mål 1: {{ match.goal_1 }}"))
    assert items(asked(form))["goal"]["text"] == "Mål 1: ______________"
    told = answered(form, {"goal": "x"}, Context({"match": {"goal_1": "Gå tur {{ 7 * 7 }}"}}))
    assert items(told)["goal"]["text"] == "Mål 1: Gå tur {{ 7 * 7 }}"
