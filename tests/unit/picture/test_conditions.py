"""Expressions and durations as people say them."""

from __future__ import annotations

import pytest

from forms_service.language.duration import parse_duration
from forms_service.language.expression import parse
from forms_service.picture.conditions import condition_words, value_words
from forms_service.picture.durations import duration_words, every_words
from forms_service.picture.speaker import Speaker
from forms_service.picture.wrapping import columns, wrapped
from tests.unit.picture.sample import EVERYTHING, SHORT, WORKSHOP, ask, definitions, workflow

CONDITIONS = {
    'first.verdict = "mend"': "Hva gjør vi? «Den repareres»",
    'first.verdict != "mend"': "Hva gjør vi? Ikke «Den repareres»",
    'first.verdict = "unknown"': "Hva gjør vi? «unknown»",
    'first.verdict in ["mend", "leave"]': "Hva gjør vi? «Den repareres» eller «Den leveres»",
    "first.safe": "Er sykkelen trygg? «Ja»",
    'first.safe = "no"': "Er sykkelen trygg? «Nei»",
    "not first.safe": "Er sykkelen trygg? «Nei»",
    "first.safe = true": "Er sykkelen trygg? «Ja»",
    'first.note = "x"': "Notat: «x»",
    "first.note is empty": "svaret på «Notat» er tomt",
    'case.peer_name != ""': "navnet på likemannen er fylt ut",
    'case.peer_name = ""': "navnet på likemannen er tomt",
    "first.price > 100": "svaret på «Pris» er over 100",
    "first.ready_on < today": "svaret på «Når er den klar?» er før dagens dato",
    "today >= match.started + 6 months": "dagens dato er tidligst dagen koblingen begynte pluss 6 måneder",
    'first.safe and (first.price <= 5 or first.note = "x")': (
        "Er sykkelen trygg? «Ja» og (svaret på «Pris» er høyst 5 eller Notat: «x»)"
    ),
    "first.price = 1": "Pris: «1»",
    "count(job.parts) > 2": "count(job.parts) er over 2",
    "unknown.name": "unknown.name",
    "bicycle.away = true": "bicycle.away er «Ja»",
    'job.outcome = "yes"': "job.outcome er «Ja»",
    "not (job.hours = 1)": "ikke job.hours er 1",
    "-1 < job.hours": "-1 er under job.hours",
    '"x" in job.parts': "«x» er blant job.parts",
    "job.hours - 1 = 2": "job.hours minus 1 er 2",
}


@pytest.mark.parametrize(("source", "words"), CONDITIONS.items())
def test_a_condition_is_said_in_words(source: str, words: str) -> None:
    assert condition_words(parse(source), Speaker(WORKSHOP, SHORT, {})) == words


def test_how_another_workflow_has_ended_is_a_question_too() -> None:
    speaker = Speaker(WORKSHOP, EVERYTHING, {})
    words = condition_words(parse('service.outcome = "not now"'), speaker)
    assert words == "Hvordan endte «Kort ærend»? «Ikke nå»"


def test_the_item_of_a_list_is_one_of_its_answers() -> None:
    speaker = Speaker(WORKSHOP, EVERYTHING, {})
    assert condition_words(parse('part = "wheel"'), speaker) == "Hvilke deler? «Hjul»"


def test_one_question_that_two_steps_ask_is_told_apart_by_their_titles() -> None:
    twice = workflow(ask("a", "Første blikk"), ask("b", "Andre blikk"))
    words = condition_words(parse("a.safe and not b.safe"), Speaker(definitions(twice), twice, {}))
    assert words == "Første blikk: Er sykkelen trygg? «Ja» og Andre blikk: Er sykkelen trygg? «Nei»"


def test_a_value_is_told_as_the_answer_it_is() -> None:
    assert value_words(parse("first.safe"), Speaker(WORKSHOP, SHORT, {})) == "svaret på «Er sykkelen trygg?»"


@pytest.mark.parametrize(
    ("written", "words", "every"),
    [
        ("1 minute", "1 minutt", "hvert minutt"),
        ("5 working days", "5 arbeidsdager", "hver 5. arbeidsdag"),
        ("6 months", "6 måneder", "hver 6. måned"),
        ("1 year", "1 år", "hvert år"),
        ("2 years", "2 år", "hvert 2. år"),
    ],
)
def test_a_duration_is_said_in_words(written: str, words: str, every: str) -> None:
    assert (duration_words(parse_duration(written)), every_words(parse_duration(written))) == (words, every)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ("",)),
        ("en to tre", ("en to", "tre")),
        ("abcdefghij", ("abcdefg", "hij")),
        ("漢字漢字漢字", ("漢字漢", "字漢字")),
        ("a b c d e f g h i j k l m n o p q r s t", ("a b c d", "e f g h", "i j k l", "m n o p…")),
    ],
)
def test_words_are_broken_into_lines(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 7) == lines


def test_no_line_is_wider_than_its_room() -> None:
    for text in ("æøå " * 200, "x" * 3_000, "e\u0301" * 400, "漢" * 90):
        assert max(columns(line.rstrip("…")) for line in wrapped(text, 25)) <= 25
