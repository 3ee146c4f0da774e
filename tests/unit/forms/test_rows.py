"""A group of questions: rows as they are posted, what is wrong in them, and what is kept."""

from __future__ import annotations

import time
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from forms_service.engine.readable import readable
from forms_service.forms.context import Context
from forms_service.forms.fill import Filled, blank, fill, typed
from forms_service.forms.rows import with_one_more, without
from forms_service.language.definitions import MOST_ROWS, Field
from tests.unit.forms.asking import a_field, a_form

NAME = a_field("name", required="Skriv navnet")
BORN = a_field("born", "date")
KIND = a_field("kind", "choice", choices={"own": "Eget", "other": "Andres"})


def children(**more: Any) -> Field:
    return a_field("children", "group", item="Barn", fields=(NAME, BORN, KIND), **more)


def sent(*pairs: tuple[str, str], field: Field | None = None, **more: Any) -> Filled:
    return fill(a_form(field or children(**more)), Context(), MultiDict(pairs))


def words(result: Filled) -> list[tuple[str, str]]:
    return [(wrong.anchor, wrong.text) for wrong in result.problems]


def names_shown(result: Filled) -> list[str]:
    return [row.cells[0].typed for row in result.wtform["children"].rows]


def test_rows_are_kept_in_the_order_of_their_numbers_and_empty_ones_are_dropped() -> None:
    result = sent(
        ("children-7-name", "Per"), ("children-2", ""), ("children-2-name", " "), ("children-0-name", "Ola"),
        ("children-0-born", "01.02.2020"), ("children-7-kind", "own"),
    )  # fmt: skip
    assert result.answers == {
        "children": [
            {"name": "Ola", "born": "2020-02-01", "kind": None},
            {"name": "Per", "born": None, "kind": "own"},
        ]
    }


def test_what_is_wrong_names_the_row_and_the_question_and_leads_to_the_control() -> None:
    result = sent(("children-0-name", "Ola"), ("children-3-born", "i går"), ("children-4-kind", "sold"))
    assert result.answers is None
    assert words(result) == [
        ("svar-children-1-name", "Barn 2: Skriv navnet"),
        ("svar-children-1-born", "Barn 2: Skriv en dato i «Born», for eksempel 15.01.2026"),
        ("svar-children-2-name", "Barn 3: Skriv navnet"),
        ("svar-children-2-kind-1", "Barn 3: Velg ett av svarene i «Kind»"),
    ]


def test_a_group_without_rows_is_missing_only_when_it_must_be_filled_in() -> None:
    assert sent(("children-0", "")).answers == {"children": None}
    assert words(sent(("children-0", ""), required="Skriv hvem")) == [("svar-children-0-name", "Skriv hvem")]


def test_there_are_as_many_rows_as_there_may_be() -> None:
    three = [(f"children-{number}-name", "x") for number in range(3)]
    assert words(sent(*three, maximum=2))[0][1] == "«Children» kan ha høyst 2. Fjern det som er for mye."
    assert words(sent(*three[:1], minimum=2))[0][1] == "Fyll ut minst 2 i «Children»"
    assert sent(*three, minimum=2, maximum=3).answers is not None
    assert sent(("children-0", ""), minimum=2).answers == {"children": None}


@pytest.mark.parametrize(
    "name",
    [
        "children-999999999-name", "children--1-name", "children-01-name", "children-٣-name", "children-1e3-name",
        "children-0-age", "children-0-name-more", "children-", "children", "children-0-", "childrens-0-name",
    ],
)  # fmt: skip
def test_names_that_no_page_of_ours_posts_count_for_nothing(name: str) -> None:
    result = sent((name, "Ola"), ("children-0-name", "Kari"))
    assert result.answers == {"children": [{"name": "Kari", "born": None, "kind": None}]}
    assert name not in result.controls()


def test_a_question_that_is_answered_twice_in_a_row_is_told() -> None:
    assert words(sent(("children-0-name", "a"), ("children-0-name", "b"))) == [
        ("svar-children-0-name", "Barn 1: Skriv bare ett svar i «Name»")
    ]


def test_ten_thousand_rows_are_refused_in_words_and_soon() -> None:
    posted = [(f"children-{number}-{name}", "x") for number in range(9_999) for name in ("name", "born", "kind")]
    began = time.perf_counter()
    result = sent(*posted)
    assert time.perf_counter() - began < 2
    assert words(result)[0][1] == f"«Children» kan ha høyst {MOST_ROWS}. Fjern det som er for mye."
    assert len(result.wtform["children"].rows) == MOST_ROWS + 1


def test_one_more_row_comes_last_and_one_taken_out_takes_its_answers_along() -> None:
    form = a_form(children(), a_field("other"))
    posted = MultiDict([("children-0-name", "Ola"), ("children-1-name", "Kari"), ("children-11-name", "Per")])
    assert names_shown(typed(form, Context(), with_one_more(posted, "children"))) == ["Ola", "Kari", "Per", ""]
    assert names_shown(typed(form, Context(), without(posted, "children-1"))) == ["Ola", "Per"]
    assert names_shown(typed(form, Context(), without(posted, "children-0-name"))) == ["Kari", "Per"]


def test_there_is_always_a_row_to_write_in() -> None:
    assert names_shown(blank(a_form(children()), Context())) == [""]
    assert names_shown(blank(a_form(children(minimum=3)), Context())) == ["", "", ""]
    posted = without(MultiDict([("children-0", ""), ("children-0-name", "Ola")]), "children-0")
    assert names_shown(typed(a_form(children()), Context(), posted)) == [""]


def test_earlier_answers_stand_in_their_rows() -> None:
    rows = [{"name": "Ola", "born": "2020-02-01", "kind": "own"}, {"name": "Kari", "gone": "x"}]
    again = blank(a_form(children()), Context(), {"children": rows})  # type: ignore[dict-item]
    assert names_shown(again) == ["Ola", "Kari"]
    assert again.wtform["children"].rows[0].cells[1].typed == "2020-02-01"


def test_conditions_and_rules_count_the_rows() -> None:
    form = a_form(children(), a_field("tent", "yes_no", when="count(children) > 1"))
    assert fill(form, Context(), MultiDict([("children-0-name", "Ola"), ("tent", "yes")])).answers == {
        "children": [{"name": "Ola", "born": None, "kind": None}],
        "tent": None,
    }
    two = MultiDict([("children-0-name", "Ola"), ("children-1-name", "Kari"), ("tent", "yes")])
    assert (fill(form, Context(), two).answers or {})["tent"] == "yes"


def test_what_hides_a_group_hides_its_rows() -> None:
    form = a_form(a_field("any", "yes_no"), children(when='any = "yes"', required="Skriv hvem"))
    result = fill(form, Context(), MultiDict([("any", "no"), ("children-0-name", "Ola")]))
    assert result.answers == {"any": "no", "children": None}


def test_documents_and_expressions_read_rows() -> None:
    names = readable(a_form(children()), {"children": [{"name": "Ola", "born": "2020-02-01", "kind": "own"}]})
    rows: Any = names["children"]
    (row,) = rows
    assert (row["kind"], row["kind_label"], row["born"].year) == ("own", "Eget", 2020)
    assert names["children_label"] == ["Barn 1"]
    assert readable(a_form(children()), {"children": None})["children"] == []
