"""A workflow as Mermaid text, held against a small grammar of what Mermaid reads."""

from __future__ import annotations

import re

import pytest

from forms_service.language.definitions import End, Start
from forms_service.language.problems import NOWHERE
from forms_service.picture.mermaid import label, mermaid
from tests.unit.picture.sample import EVERYTHING, ROLES, SHORT, WORKSHOP, ask, choose, definitions, do, workflow
from tests.unit.picture.test_figure import HOSTILE

WORDS = r'"(?:[^"<>\[\]{}|`#&;%\\]|#\d+;|<br/>)*"'
NODE = re.compile(rf"  (n\d+)(?:\(\[{WORDS}\]\)|\({WORDS}\)|\{{{WORDS}\}}|\[\[{WORDS}\]\]|\[{WORDS}\])")
FRAME = re.compile(rf"  subgraph (f\d+)\[{WORDS}\]")
WAY = re.compile(rf"  (n\d+) (?:-->|-\.->)(?:\|{WORDS}\|)? (n\d+)")


def check(chart: str) -> None:
    """Every line is a node, a frame or a way; nodes come once and before the ways that name them; frames are closed."""
    first, *lines = chart.removesuffix("\n").split("\n")
    assert first == "flowchart TD"
    nodes: set[str] = set()
    frames = 0
    for line in lines:
        node, frame, way = NODE.fullmatch(line), FRAME.fullmatch(line), WAY.fullmatch(line)
        assert node or frame or way or line == "  end", line
        frames += 1 if frame else -1 if line == "  end" else 0
        assert frames >= 0
        if node:
            assert node[1] not in nodes
            nodes.add(node[1])
        if way:
            assert frames == 0
            assert {way[1], way[2]} <= nodes
    assert frames == 0


@pytest.mark.parametrize("each", [SHORT, EVERYTHING])
def test_a_chart_can_be_read(each: object) -> None:
    check(mermaid(WORKSHOP, each, ROLES))  # type: ignore[arg-type]


def test_a_chart_says_what_the_workflow_does() -> None:
    assert (
        mermaid(WORKSHOP, SHORT, ROLES)
        == """\
flowchart TD
  n1(["Start: Skjemaet «Lever inn en sykkel» sendes inn<br/>Av kunde eller eier"])
  n2["Oppgave: Ta imot sykkelen<br/>Mekaniker<br/>Frist 5 arbeidsdager"]
  n3{"Valg: Veien videre velges"}
  n4["Av seg selv: Sykkelen repareres"]
  n5(["Slutt: Ikke nå"])
  n6(["Slutt: Ferdig"])
  n1 --> n2
  n2 --> n3
  n3 -->|"Hva gjør vi? «Den repareres»"| n4
  n3 -->|"Ellers"| n5
  n4 --> n6
"""
    )


@pytest.mark.parametrize("words", [*HOSTILE, "1. liste", "- liste", "%%{init: {}}%%", "end", 'a"]; click n1 call x()'])
def test_what_an_author_writes_stays_a_label(words: str) -> None:
    step = choose("way", ('first.note = "x"', (End(id="e", place=NOWHERE, outcome=words),)), ("", ()))
    hostile = workflow(ask("first", words), do("second", words), step, title=words, start=Start(by=(words,)))
    check(mermaid(definitions(hostile), hostile))


def test_quotes_and_brackets_become_numbers_and_letters_stay() -> None:
    assert label('Å "gå" [nå] 漢') == "Å #34;gå#34; #91;nå#93; 漢"


@pytest.mark.parametrize(
    ("words", "safe"), [("1. først", "1#46; først"), ("- så", "#45; så"), ("2 ganger", "2 ganger")]
)
def test_what_looks_like_a_list_is_none(words: str, safe: str) -> None:
    assert label(words) == safe
