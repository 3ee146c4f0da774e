"""Rules across fields, and what stands in a field from the beginning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forms_service.forms.context import Context
from forms_service.forms.fill import Filled, blank, fill
from forms_service.language.definitions import Field, Form, Rule
from forms_service.language.expression import parse
from tests.unit.forms.asking import a_field, a_form, posted

SINCE, UNTIL = a_field("since", "date"), a_field("until", "date")
NOTHING_KNOWN = Context()
IN_ORDER = Rule(parse("until >= since"), "until", "Sluttdagen kan ikke være før startdagen")


def ruled(*fields: Field, rules: tuple[Rule, ...] = (IN_ORDER,)) -> Form:
    return replace(a_form(*fields), rules=rules)


def told(form: Form, context: Context = NOTHING_KNOWN, **values: Any) -> list[tuple[str, str]]:
    return [(wrong.name, wrong.text) for wrong in fill(form, context, posted(**values)).problems]


def test_a_rule_that_does_not_hold_stands_at_its_field() -> None:
    form = ruled(SINCE, UNTIL)
    found = fill(form, Context(), posted(since="2026-02-01", until="31.01.2026"))
    assert [(wrong.name, wrong.anchor, wrong.text) for wrong in found.problems] == [
        ("until", "svar-until", "Sluttdagen kan ikke være før startdagen")
    ]
    assert found.answers is None
    assert found.wtform["until"].errors == ["Sluttdagen kan ikke være før startdagen"]


def test_a_rule_that_holds_says_nothing() -> None:
    assert told(ruled(SINCE, UNTIL), since="2026-02-01", until="2026-02-01") == []


@pytest.mark.parametrize("values", [{}, {"since": "2026-02-01"}, {"until": "2026-01-01"}])
def test_a_rule_about_what_is_not_answered_says_nothing(values: dict[str, Any]) -> None:
    assert told(ruled(SINCE, UNTIL), **values) == []


def test_each_answer_is_put_right_before_they_are_compared() -> None:
    assert [name for name, _ in told(ruled(SINCE, UNTIL), since="2026-02-01", until="snart")] == ["until"]
    form = ruled(SINCE, UNTIL, a_field("name", required="Skriv navnet"))
    assert told(form, since="2026-02-01", until="2026-01-01") == [("name", "Skriv navnet")]


def test_a_rule_about_a_hidden_question_says_nothing() -> None:
    hidden = a_field("until", "date", when='more = "yes"')
    form = ruled(SINCE, a_field("more", "yes_no"), hidden)
    assert told(form, since="2026-02-01", until="2026-01-01", more="no") == []
    assert told(form, since="2026-02-01", until="2026-01-01", more="yes") != []


def test_a_rule_may_speak_of_facts_and_of_today() -> None:
    rule = Rule(parse("since <= today and since >= case.opened_on"), "since", "Velg en dag etter at saken ble åpnet")
    context = Context(data={"today": date(2026, 3, 1), "case": {"opened_on": date(2026, 1, 10)}})
    assert told(ruled(SINCE, rules=(rule,)), context, since="2026-01-10") == []
    assert told(ruled(SINCE, rules=(rule,)), context, since="2026-01-09") == [("since", rule.text)]
    assert told(ruled(SINCE, rules=(rule,)), context, since="2026-03-02") == [("since", rule.text)]


def test_one_field_is_told_one_thing_at_a_time() -> None:
    second = replace(IN_ORDER, text="Noe annet")
    assert told(ruled(SINCE, UNTIL, rules=(IN_ORDER, second)), since="2026-02-01", until="2026-01-01") == [
        ("until", IN_ORDER.text)
    ]


def opened(kind: str, fact: object, source: str = "case.fact", **more: Any) -> str | list[str]:
    """What stands in a field that takes a fact."""
    field = a_field("name", kind, prefill=parse(source), **more)
    found: Filled = blank(a_form(field), Context(data={"case": {"fact": fact}}))
    typed: str | list[str] = found.wtform["name"].typed
    return typed


@pytest.mark.parametrize(
    ("kind", "fact", "stands"),
    [
        ("text", "Storgata 1", "Storgata 1"),
        ("number", 3, "3"),
        ("hours", 1.5, "1,5"),
        ("date", date(2026, 1, 15), "2026-01-15"),
        ("yes_no", True, "yes"),
        ("phone", "400 00 000", "400 00 000"),
        ("text", None, ""),
    ],
)
def test_a_fact_stands_in_the_field_from_the_beginning(kind: str, fact: object, stands: str) -> None:
    assert opened(kind, fact) == stands


def test_a_fact_that_nobody_knows_or_that_is_no_choice_leaves_the_field_empty() -> None:
    assert opened("text", "x", source="case.other") == ""
    choices = {"red": "Rød"}
    assert opened("choice", "red", choices=choices) == "red"
    assert opened("choice", "blue", choices=choices) == ""
    assert opened("choices", ["red"], choices=choices) == ["red"]
    assert opened("choices", ["red", "blue"], choices=choices) == []


def test_earlier_answers_count_for_more_than_facts() -> None:
    field = a_field("name", prefill=parse("case.fact"))
    found = blank(a_form(field), Context(data={"case": {"fact": "fact"}}), {"name": "answer"})
    assert found.wtform["name"].typed == "answer"


def test_what_was_emptied_stays_empty() -> None:
    field = a_field("name", prefill=parse("case.fact"))
    found = fill(a_form(field), Context(data={"case": {"fact": "fact"}}), posted(name=""))
    assert found.answers == {"name": None}
