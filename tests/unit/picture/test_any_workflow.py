"""Whatever steps a workflow has, and however they are nested, its picture holds together."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.language.definitions import Branch, Choose, Each, End, Send, Step, Together, Wait, Workflow
from forms_service.language.duration import parse_duration
from forms_service.language.expression import parse
from forms_service.language.problems import NOWHERE
from forms_service.picture.figure import figure
from forms_service.picture.mermaid import mermaid
from tests.unit.picture.sample import ask, definitions, do, workflow
from tests.unit.picture.test_figure import SVG, cards_in, parsed
from tests.unit.picture.test_mermaid import check

WORDS = st.text(max_size=40)
SIMPLE = st.one_of(
    WORDS.map(lambda words: ask("x", words, due=parse_duration("1 week"))),
    WORDS.map(lambda words: do("x", words)),
    WORDS.map(lambda words: Send(id="x", place=NOWHERE, message="m", to="owner", title=words)),
    st.just(Wait(id="x", place=NOWHERE, duration=parse_duration("6 months"))),
    WORDS.map(lambda words: End(id="x", place=NOWHERE, outcome=words)),
)


def nested(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    some = st.lists(steps, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.lists(some, min_size=1, max_size=3).map(
            lambda ways: Choose(id="x", place=NOWHERE, branches=tuple(Branch(parse("first.safe"), way) for way in ways))
        ),
        st.lists(some, min_size=2, max_size=3).map(lambda lanes: Together(id="x", place=NOWHERE, lanes=tuple(lanes))),
        some.map(lambda inner: Each(id="x", place=NOWHERE, over=parse("first.parts"), steps=inner)),
        st.tuples(steps, some).map(lambda pair: replace(pair[0], failed=pair[1])),
        steps.map(lambda step: replace(step, failed=())),
    )


STEPS = st.recursive(SIMPLE, nested, max_leaves=12)
WORKFLOWS = st.lists(STEPS, max_size=4).map(lambda steps: workflow(*steps))


@settings(max_examples=150, deadline=None)
@given(WORKFLOWS)
def test_a_picture_holds_together(each: Workflow) -> None:
    files = definitions(each)
    picture = parsed(figure(files, each))
    drawing = picture.find(f"div/{SVG}svg")
    assert drawing is not None
    cards = list(cards_in(drawing))
    told = list(picture.iter("strong"))
    assert len(cards) == len(told)
    places = [place for card, place in cards if card.get("data-kind") != "each"]
    for number, place in enumerate(places):
        assert place[0] >= 0 <= place[1]
        assert place[2] <= int(drawing.get("width", 0))
        assert place[3] <= int(drawing.get("height", 0))
        assert not any(_cover(place, other) for other in places[:number])
    check(mermaid(files, each))


def _cover(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
