"""Whatever is written, only our own errors come back, and soon."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from forms_service.errors import FormsServiceError, MissingValue
from forms_service.language.expression import parse, type_of
from forms_service.language.grammar.kinds import Kind
from forms_service.language.notes import Notes
from forms_service.language.problems import Problem
from forms_service.language.strict_yaml import read_yaml
from forms_service.language.template import render_text, variables_of
from forms_service.language.vocabulary import ValueType
from tests.unit.language.small import FULL, found

BOUNDED = settings(
    max_examples=150,
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
YAML_PIECES = [
    "a",
    "- ",
    ": ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "!x",
    "|",
    ">",
    "'",
    '"',
    "#",
    "? ",
    "%",
    "---",
    "\t",
    "ø",
    "~",
    "<<",
]
WORDS = [
    *("a", "b.c", "list", "today", "nothing", "unheard.of", "yes", '"yes"', "'no'", '"2026-02-30"', "true", "1", "2.5"),
    *("999999999999999", "3 days", "100 years", "5 working days", "2 hours", "and", "or", "not", "in", "is", "empty"),
    *(
        "=",
        "!=",
        "<",
        ">=",
        "+",
        "-",
        "(",
        ")",
        "[",
        "]",
        ",",
        "count(",
        "first(",
        "round(",
        "months_between(",
        "lower(",
    ),
]
DATA = {"a": "yes", "b": {"c": 3.5}, "list": ["x", "1"], "today": date(2026, 2, 28), "nothing": None, "yes": True}
NAMES = {
    "a": Kind(ValueType.YES_NO),
    "b.c": Kind(ValueType.NUMBER),
    "list": Kind(ValueType.LIST, ("x", "1")),
    "today": Kind(ValueType.DATE),
    "nothing": Kind(ValueType.TEXT),
    "yes": Kind(ValueType.YES_NO),
}


def evaluated(source: str) -> None:
    try:
        expression = parse(source)
    except FormsServiceError:
        return
    for found_problem in type_of(expression, NAMES).problems:
        assert isinstance(found_problem, Problem)
    for ask in (expression.value, expression.holds, expression.date):
        try:
            ask(DATA)
        except FormsServiceError:
            continue


@BOUNDED
@given(st.text(max_size=200))
@example("1" * 5000)
@example("a" + ".a" * 400)
def test_any_text_as_an_expression(source: str) -> None:
    evaluated(source)


@BOUNDED
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_as_an_expression(words: list[str]) -> None:
    evaluated(" ".join(words))


@BOUNDED
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9))
def test_an_expression_without_problems_fails_only_for_what_is_missing_or_out_of_range(words: list[str]) -> None:
    """What the check lets through does not fail for its types when it runs."""
    source = " ".join(words)
    assert not well_typed(source) or failure(source) in ("", "missing_value", "out of range")


def well_typed(source: str) -> bool:
    try:
        return not type_of(parse(source), NAMES).problems
    except FormsServiceError:
        return False


def failure(source: str) -> str:
    try:
        parse(source).value(DATA)
    except MissingValue as error:
        return error.code
    except FormsServiceError as error:
        return "out of range" if "out of range" in str(error) else str(error)
    return ""


@BOUNDED
@given(st.text(max_size=300) | st.lists(st.sampled_from(YAML_PIECES), max_size=80).map("".join))
def test_any_text_as_yaml(text: str) -> None:
    notes = Notes()
    node = read_yaml(text, "a.yaml", notes)
    assert node is not None or notes.problems


@BOUNDED
@given(data=st.data(), file=st.sampled_from(sorted(FULL)))
def test_any_change_of_a_folder(data: st.DataObject, file: str) -> None:
    text = FULL[file]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    inserted = data.draw(
        st.lists(st.sampled_from([*YAML_PIECES, *WORDS, "{{", "}}", "{%", "%}"]), max_size=6).map("".join)
    )
    for problem in found({**FULL, file: text[:start] + inserted + text[end:]}):
        assert problem.place.line >= 1
        assert problem.message


@BOUNDED
@given(
    st.lists(
        st.sampled_from(
            ["{{", "}}", "{%", "%}", " a ", ".b", "['c']", " if ", " for ", " in ", " set ", "=", "|", "(", ")", "x"]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_text_as_a_template(source: str) -> None:
    for use in (variables_of, lambda text: render_text(text, DATA)):
        try:
            use(source)
        except FormsServiceError:
            continue
