"""Questions that depend on other answers: what is hidden is neither checked nor stored."""

from __future__ import annotations

from forms_service.forms.context import Context
from forms_service.forms.fill import blank
from tests.unit.forms.asking import a_field, a_form, filled

START = a_field("decision", "choice", choices={"start": "Ja", "stop": "Nei"}, required="Velg")
GOAL = a_field("goal", required="Skriv et mål", when='decision = "start"')


def test_a_hidden_question_is_not_asked_for() -> None:
    assert filled(START, GOAL, decision="stop").answers == {"decision": "stop", "goal": None}


def test_what_was_typed_in_a_hidden_question_is_not_stored() -> None:
    assert filled(START, GOAL, decision="stop", goal="hemmelig").answers == {"decision": "stop", "goal": None}


def test_a_hidden_question_is_not_validated() -> None:
    hours = a_field("hours", "number", when='decision = "start"')
    assert filled(START, hours, decision="stop", hours="mange").answers == {"decision": "stop", "hours": None}


def test_a_shown_question_is_asked_for() -> None:
    result = filled(START, GOAL, decision="start")
    assert [problem.text for problem in result.problems] == ["Skriv et mål"]
    assert result.answers is None


def test_a_question_that_depends_on_something_unanswered_is_hidden() -> None:
    other = a_field("other", when='decision != "start"')
    assert filled(START, other).shown == {"decision"}


def test_an_answer_that_is_not_one_of_the_choices_shows_nothing() -> None:
    other = a_field("other", when='decision != "start"')
    assert filled(START, other, decision="' or 1=1").shown == {"decision"}


def test_a_hidden_questions_answer_opens_no_further_question() -> None:
    why = a_field("why", "choice", choices={"a": "A"}, when='decision = "stop"')
    more = a_field("more", when='why = "a"')
    assert filled(START, why, more, decision="stop", why="a").shown == {"decision", "why", "more"}
    assert filled(START, why, more, decision="start", why="a").shown == {"decision"}


def test_a_condition_on_facts_alone_keeps_even_the_choices_on_the_server() -> None:
    who = a_field("who", "person", pick="people", when='me.role = "coordinator"')
    context = Context(data={"me": {"role": "caseworker"}}, picks=lambda _: {"p1": "Kari Eksempel"})
    result = blank(a_form(who, a_field("name")), context)
    assert [question.name for question in result.questions()] == ["name"]


def test_a_question_that_facts_keep_away_is_still_stored_as_nothing() -> None:
    who = a_field("who", required="Velg", when='me.role = "coordinator"')
    context = Context(data={"me": {"role": "caseworker"}})
    assert filled(who, a_field("name"), context=context, who="x", name="y").answers == {"who": None, "name": "y"}


def test_facts_and_answers_decide_together() -> None:
    second = a_field("second", when='decision = "start" and match.goal_count >= 2')
    one = Context(data={"match": {"goal_count": 1}})
    two = Context(data={"match": {"goal_count": 2}})
    assert "second" not in filled(START, second, context=one, decision="start").shown
    assert "second" in filled(START, second, context=two, decision="start").shown


def test_days_are_compared_as_days() -> None:
    late = a_field("late", when="met > started")
    days = (a_field("started", "date"), a_field("met", "date"), late)
    assert "late" in filled(*days, started="2026-01-31", met="01.02.2026").shown
    assert "late" not in filled(*days, started="2026-02-01", met="31.01.2026").shown


def test_the_form_knows_which_questions_decide() -> None:
    assert filled(START, GOAL).deciding() == {"decision"}
