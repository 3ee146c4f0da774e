"""What expressions are worth: plain data in, plain values out, nothing missing passed over."""

from __future__ import annotations

from datetime import date

import pytest

from forms_service.errors import ExpressionError, MissingValue
from forms_service.language.expression import UnreadableSource, parse
from forms_service.language.missing import MissingName
from forms_service.language.problems import Place

DATA = {
    "own_wish": "yes",
    "agreed": True,
    "talk": {"met_on": "2026-08-31", "hours": 3, "topics": ["home", "work"], "word": "Ja", "nothing": None, "none": []},
    "match": {"started": date(2026, 1, 31)},
    "today": date(2026, 9, 30),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('own_wish = "yes"', True),
        ('own_wish != "yes"', False),
        ("agreed = true", True),
        ("own_wish = true", True),
        ("not own_wish", False),
        ("talk.hours + 1 >= 4 and talk.hours < 10 - 2", True),
        ("1 - 2 - 3", -4),
        ("-talk.hours + 5", 2),
        ("not talk.hours = 4", True),
        ('talk.word = "nei" or talk.hours = 3', True),
        ('"home" in talk.topics', True),
        ('"home" not in talk.topics', False),
        ('talk.word in ["Ja", "Nei"]', True),
        ("talk.hours in [1, 2]", False),
        ("talk.met_on + 6 months", date(2027, 2, 28)),
        ("talk.met_on - 1 day", date(2026, 8, 30)),
        ("today + 5 working days", date(2026, 10, 7)),
        ("match.started + 1 month", date(2026, 2, 28)),
        ("talk.met_on < today", True),
        ('today = "2026-09-30"', True),
        ("2 weeks + 1 day > 14 days", True),
        ("1 year = 12 months", True),
        ("days_between(talk.met_on, today)", 30),
        ("months_between(talk.met_on, today)", 1),
        ("months_between(today, talk.met_on)", -1),
        ("length(talk.word)", 2),
        ('lower(talk.word) = "ja"', True),
        ("first(talk.topics)", "home"),
        ("last(talk.topics)", "work"),
        ("count(talk.topics)", 2),
        ("count(talk.none)", 0),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("(1 + 2) - (3 - 4)", 4),
        ("today - 1 month", date(2026, 8, 30)),
        ("'it is \"so\"'", 'it is "so"'),
    ],
)
def test_an_expression_has_a_value(source: str, expected: object) -> None:
    assert parse(source).value(DATA) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("talk.nothing is empty", True),
        ("talk.none is empty", True),
        ("talk.word is empty", False),
        ("talk.word is not empty", True),
        ("talk.unheard_of is empty", True),
        ("nobody.at_all is empty", True),
        ('talk.nothing is not empty and talk.nothing = "x"', False),
        ('own_wish = "yes" or talk.nothing = "x"', True),
    ],
)
def test_only_is_empty_may_ask_for_what_is_missing(source: str, expected: bool) -> None:
    assert parse(source).holds(DATA) is expected


@pytest.mark.parametrize(
    "source",
    [
        "{} = 1",
        "1 != {}",
        "{} + 1 > 2",
        "{} in [1]",
        "not {}",
        "{} and agreed",
        "agreed and {}",
        "length({}) = 1",
        "{} < today",
    ],
)
@pytest.mark.parametrize("name", ["talk.nothing", "talk.unheard_of", "talk.word.deeper", "nobody"])
def test_a_missing_value_is_named(source: str, name: str) -> None:
    with pytest.raises(MissingName, match=f'^"{name}" has no value.$') as caught:
        parse(source.format(name)).value(DATA)
    assert caught.value.name == name


def test_a_bare_name_that_is_there_and_empty_is_none_but_no_condition_and_no_date() -> None:
    bare = parse("talk.nothing")
    assert bare.value(DATA) is None
    for asked in (bare.holds, bare.date):
        with pytest.raises(MissingValue):
            asked(DATA)


def test_a_yes_or_no_answer_is_a_condition_by_itself() -> None:
    assert parse("own_wish").holds({"own_wish": "yes"})
    assert not parse("own_wish").holds({"own_wish": "no"})
    with pytest.raises(ExpressionError):
        parse("own_wish").holds({"own_wish": "maybe"})


def test_a_date_answer_is_a_date() -> None:
    assert parse("talk.met_on").date(DATA) == date(2026, 8, 31)


@pytest.mark.parametrize(
    "source",
    [
        "talk.word > 3",
        "talk.word + 1",
        "talk.topics = talk.topics",
        '"a" in talk.word',
        "today + 3 hours",
        "today - talk.met_on",
        "30 days < 1 month",
        "1 month + 1 day",
        "talk.hours",
        "days_between(today, talk.word)",
        "today + 100 years + 100 years - 100 years < talk",
        "talk",
    ],
)
def test_values_that_do_not_go_together_are_refused_without_being_told(source: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source).holds(DATA)
    assert "Ja" not in str(caught.value)


def test_a_date_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(ExpressionError, match="out of range"):
        parse('"9990-01-01" + 10 years').value(DATA)


@pytest.mark.parametrize(
    "name", ["talk.__class__", "talk.word.upper", "__builtins__", "talk.keys", "match.started.year"]
)
def test_there_are_no_attributes(name: str) -> None:
    with pytest.raises(MissingValue):
        parse(name).value(DATA)


@pytest.mark.parametrize(
    ("source", "column", "words"),
    [
        ("", 1, "The expression is empty."),
        ("a = ", 4, "Expected a value, found the end."),
        ("a == 1", 3, "== does not belong in an expression. Write = for equal."),
        ("a && b", 3, "&& does not belong in an expression. Write and."),
        ("{{ a }}", 1, "{{ does not belong in an expression. Leave out the braces."),
        ("a = 'x", 5, "The text has no closing quotation mark."),
        ("a b", 3, 'Expected an operator such as = or and, found "b".'),
        ("(a", 3, 'Expected ")", found the end.'),
        ("[1 2]", 4, 'Expected ",", found "2".'),
        ("1 < a < 3", 7, "Join two comparisons with and."),
        ("3 is empty", 3, 'Only a name can stand before "is empty".'),
        ("a is 3", 6, 'Expected "empty", found "3".'),
        ("coun(a)", 1, 'There is no function "coun". Did you mean "count"?'),
        ("count(a, b)", 1, "count takes 1 value, not 2."),
        ("a + 999 years", 5, "A duration can be a hundred years at most."),
        ("a + 5 working weeks", 5, 'Write a duration as a number and a unit, such as "5 working days" or "6 months".'),
        ("a.b.", 4, ". does not belong in an expression."),
        ("12345678901234567890", 1, "12345678901234567890 does not belong in an expression."),
        ("a" * 1001, 1, "An expression can be 1000 characters at most."),
        ("(" * 60 + "a", 42, "The expression is nested too deeply; divide it."),
        ("1" + "+1" * 400, 1, "The expression has too many parts; divide it."),
        ("not " * 200 + "a", 165, "The expression is nested too deeply; divide it."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_column(source: str, column: int, words: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        parse(source, Place("a.yaml", 7, 1))
    assert str(caught.value.problem) == f"a.yaml:7:{column}: {words}"


def test_an_expression_knows_its_names() -> None:
    assert parse('a.b = "x" and count(c) > d or today is empty').names() == {"a.b", "c", "d", "today"}


def test_expressions_are_values() -> None:
    assert parse("a = 1") == parse("a = 1", Place("x.yaml", 3, 4))
    assert len({parse("a = 1"), parse("a = 1"), parse("a = 2")}) == 2
