"""Types of expressions: a mistake is told with its column before anything runs."""

from __future__ import annotations

import pytest

from forms_service.language.expression import parse, type_of
from forms_service.language.grammar.kinds import Elsewhere, Kind
from forms_service.language.problems import Place
from forms_service.language.vocabulary import ValueType

NAMES: dict[str, Kind | ValueType] = {
    "wish": Kind(ValueType.YES_NO),
    "verdict": Kind(ValueType.TEXT, ("go_on", "close")),
    "topics": Kind(ValueType.LIST, ("home", "work")),
    "note": ValueType.TEXT,
    "hours": ValueType.NUMBER,
    "met_on": ValueType.DATE,
    "today": ValueType.DATE,
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("wish", ValueType.YES_NO),
        ('wish = "no"', ValueType.YES_NO),
        ("wish = true", ValueType.YES_NO),
        ('verdict in ["close", "go_on"]', ValueType.YES_NO),
        ('"home" in topics', ValueType.YES_NO),
        ("hours + 1", ValueType.NUMBER),
        ("met_on + 2 weeks", ValueType.DATE),
        ('"2026-01-01" + 2 weeks', ValueType.DATE),
        ('met_on >= "2026-01-01"', ValueType.YES_NO),
        ('"2026-01-01" < "2026-02-01"', ValueType.YES_NO),
        ("1 day + 1 week", ValueType.DURATION),
        ("days_between(met_on, today)", ValueType.NUMBER),
        ('days_between("2026-01-01", today)', ValueType.NUMBER),
        ("first(topics)", ValueType.TEXT),
        ("lower(note)", ValueType.TEXT),
        ("note is empty or not wish", ValueType.YES_NO),
        ("-hours", ValueType.NUMBER),
        ("[1, 2]", ValueType.LIST),
    ],
)
def test_an_expression_has_a_type(source: str, expected: ValueType) -> None:
    typed = type_of(parse(source), NAMES)
    assert (typed.type, typed.problems) == (expected, ())


@pytest.mark.parametrize(
    ("source", "column", "words"),
    [
        ("hous > 1", 1, 'There is no "hous" here. Did you mean "hours"?'),
        ("later > 1", 1, '"later" is not known yet at this step.'),
        ('wish = "ja"', 8, '"ja" is not among the choices. It can be: yes, no.'),
        ('"closed" = verdict', 1, '"closed" is not among the choices. Did you mean "close"?'),
        ('verdict in ["close", "stop"]', 22, '"stop" is not among the choices. It can be: go_on, close.'),
        ('"hme" in topics', 1, '"hme" is not among the choices. Did you mean "home"?'),
        ('"h" in note', 5, '"in" asks whether something is in a list; this is a text.'),
        ("hours = note", 7, "A number cannot be compared with a text."),
        ('met_on < "2026-1-1"', 8, 'A date cannot be compared with a text. Write a date as "2026-01-31".'),
        ("note < note", 6, '"<" compares numbers, dates and durations, not texts.'),
        ("topics = topics", 8, 'A list cannot be compared. Use "in".'),
        ("today - met_on", 7, "A date cannot be subtracted from a date. Use days_between(first, second)."),
        ("hours + today", 7, "A date cannot be added to a number."),
        ("not hours", 5, "Expected a yes/no, this is a number."),
        ("wish and hours", 10, "Expected a yes/no, this is a number."),
        ("length(hours)", 8, "Expected a text, this is a number."),
        ("-note", 2, "Expected a number, this is a text."),
        ("today + 2 hours", 7, "A date has no hours or minutes; add days, weeks, months or years."),
        ("hours in topics", 1, "The list holds texts; this is a number."),
        ('hours in [1, "many"]', 14, "A number cannot be compared with a text."),
        ("[wish]", 2, "Expected a text or a number, this is a yes/no."),
        (
            "30 days > 1 month",
            9,
            "30 days and 1 month do not go together: how long a month is depends on where it begins.",
        ),
    ],
)
def test_a_mistake_is_told_with_its_column(source: str, column: int, words: str) -> None:
    typed = type_of(parse(source, Place("a.yaml", 3, 1)), NAMES, Elsewhere(names={"later"}))
    assert [str(problem) for problem in typed.problems] == [f"a.yaml:3:{column}: {words}"]


def test_all_mistakes_of_one_expression_are_told() -> None:
    typed = type_of(parse('hous > 1 and verdict = "stop" or topcs is empty'), NAMES)
    assert [problem.place.column for problem in typed.problems] == [1, 24, 34]


def test_an_expression_over_several_lines_is_placed_at_its_beginning() -> None:
    typed = type_of(parse("wish and hours", Place("a.yaml", 3, 9), one_line=False), NAMES)
    assert [problem.place for problem in typed.problems] == [Place("a.yaml", 3, 9)]


def test_nothing_is_said_of_a_step_that_nobody_could_read() -> None:
    assert type_of(parse("broken.answer = 3"), NAMES, Elsewhere(unsure={"broken"})).problems == ()
