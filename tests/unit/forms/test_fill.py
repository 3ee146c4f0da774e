"""The whole form: texts with facts, what comes back, what is filled in beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms_service.forms.context import Context
from forms_service.forms.fill import blank, fill, typed
from forms_service.language.definitions import Form
from tests.unit.forms.asking import a_field, a_form, filled, posted

COLOURS = {"red": "Rød", "green": "Grønn"}


def test_facts_stand_in_the_texts() -> None:
    field = a_field("status", label="Mål: {{ match.goal_1 }}", help="Siden {{ match.goal_1 }}", required="Velg")
    context = Context(data={"match": {"goal_1": "<b>gå tur</b>"}})
    question = blank(a_form(field), context).questions()[0]
    assert (question.label, question.help) == ("Mål: <b>gå tur</b>", "Siden <b>gå tur</b>")


def test_what_was_typed_comes_back_even_when_it_is_wrong() -> None:
    result = filled(a_field("hours", "number"), a_field("name"), hours="mange", name="Kari")
    assert [field.typed for field in result.wtform] == ["mange", "Kari"]
    assert result.answers is None


def test_what_was_typed_comes_back_unchecked_when_asked_for() -> None:
    result = typed(a_form(a_field("name", required="Skriv navnet")), Context(), posted(name=""))
    assert (result.problems, result.answers) == ((), None)


def test_unknown_fields_are_ignored() -> None:
    assert filled(a_field("name"), name="x", admin="yes", _nonce="1", csrf_token="2").answers == {"name": "x"}


def test_a_question_may_be_called_like_a_part_of_the_form_library() -> None:
    names = ["data", "errors", "validate", "process", "meta", "populate_obj", "form_errors", "items", "name"]
    given = posted_pairs([(name, "ja") for name in names])
    result = fill(a_form(*(a_field(name) for name in names)), Context(), given)
    assert result.answers == dict.fromkeys(names, "ja")


def test_problems_stand_in_the_order_of_the_page_and_lead_to_the_first_control() -> None:
    result = filled(
        a_field("colour", "choice", choices=COLOURS, required="Velg farge"), a_field("name", required="Skriv navnet")
    )
    assert [(problem.anchor, problem.text) for problem in result.problems] == [
        ("svar-colour-1", "Velg farge"),
        ("svar-name", "Skriv navnet"),
    ]


def test_the_only_choice_of_a_required_list_is_made() -> None:
    fields = (a_field("office", "office", required="Velg"), a_field("other", "office"))
    result = blank(a_form(*fields), Context(offices={"o1": "Kontor øst"}))
    assert [field.typed for field in result.wtform] == ["o1", ""]


def test_what_is_filled_in_beforehand_is_shown_in_norwegian() -> None:
    result = blank(a_form(a_field("hours", "number"), a_field("ok", "confirm")), Context(), {"hours": 3.5, "ok": True})
    assert [field.typed for field in result.wtform] == ["3,5", "true"]


def test_many_choices_become_a_list_and_few_become_radios() -> None:
    few = a_field("few", "choice", choices={str(n): str(n) for n in range(10)})
    many = a_field("many", "choice", choices={str(n): str(n) for n in range(11)})
    first, second = blank(a_form(few, many), Context()).questions()
    assert (first.is_group, second.is_list) == (True, True)


EVERYTHING = a_form(
    a_field("text", required="Skriv"),
    a_field("paragraph", "paragraph", maximum=50),
    a_field("number", "number", minimum=1, maximum=9),
    a_field("date", "date"),
    a_field("choice", "choice", choices=COLOURS),
    a_field("choices", "choices", choices=COLOURS),
    a_field("yes_no", "yes_no"),
    a_field("confirm", "confirm"),
    a_field("scale", "scale", choices={"1": "Lite", "2": "Mye", "unsure": "Vet ikke"}),
    a_field("phone", "phone"),
    a_field("email", "email"),
    a_field("person", "person", pick="people"),
    a_field("office", "office"),
    a_field("note", "note"),
    a_field("later", when='number > 3 or choice = "red"', required="Skriv"),
    a_field("much_later", when='later is empty and yes_no = "yes" and date > today - 3 days'),
)
NAMES = [field.name for field in EVERYTHING.fields()]
WORDS = st.one_of(
    st.text(max_size=400),
    st.text(alphabet="0123456789,.- +@ab\x00\u202e", max_size=30),
    st.sampled_from(
        ["red", "green", "yes", "no", "true", "1", "unsure", "p1", "o1", "2026-01-15", "a@b.no", "41234567"]
    ),
)
POSTS = st.lists(st.tuples(st.sampled_from([*NAMES, "ukjent"]), WORDS), max_size=25)


@pytest.fixture(scope="module")
def around() -> Context:
    return Context(
        data={"today": date(2026, 1, 15)}, picks=lambda _: {"p1": "Kari Eksempel"}, offices={"o1": "Kontor øst"}
    )


@settings(max_examples=300, deadline=None)
@given(POSTS)
def test_whatever_is_posted_it_is_either_taken_whole_or_refused_in_words(
    around: Context, pairs: list[tuple[str, str]]
) -> None:
    result = fill(EVERYTHING, around, posted_pairs(pairs))
    assert (result.answers is None) == bool(result.problems)
    assert all(problem.text for problem in result.problems)
    if result.answers is not None:
        assert_stored_whole(EVERYTHING, result.answers, result.shown)


def posted_pairs(pairs: list[tuple[str, str]]) -> MultiDict[str, str]:
    return MultiDict(pairs)


def assert_stored_whole(form: Form, answers: Mapping[str, object], shown: frozenset[str]) -> None:
    assert list(answers) == [field.name for field in form.fields() if field.type != "note"]
    assert all(answers[name] is None for name in answers if name not in shown)
    assert answers["text"]
    text = json.dumps(answers, ensure_ascii=False)
    assert "\x00" not in text
    text.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(POSTS)
def test_taking_the_same_post_twice_gives_the_same_answers(around: Context, pairs: list[tuple[str, str]]) -> None:
    first, second = (fill(EVERYTHING, around, posted_pairs(pairs)) for _ in range(2))
    assert (first.answers, first.problems) == (second.answers, second.problems)
