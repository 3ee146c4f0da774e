"""The figure of a workflow: well-formed, the same every time, and safe whatever its author wrote."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from forms_service.casework.vocabulary import FACTS
from forms_service.language.definitions import Each, End, Start, Step, Together, Wait
from forms_service.language.duration import Unit, parse_duration
from forms_service.language.expression import parse
from forms_service.language.problems import NOWHERE
from forms_service.picture.figure import MOST_STEPS, figure
from forms_service.picture.state import Standing, State, standing_of
from forms_service.picture.symbols import SYMBOLS
from forms_service.texts import catalogue
from forms_service.web.security import CONTENT_SECURITY_POLICY
from tests.unit.picture.sample import (
    EVERYTHING,
    PICTURES,
    ROLES,
    SHORT,
    STANDS,
    WORKSHOP,
    ask,
    choose,
    definitions,
    do,
    pictures,
    workflow,
)

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    '<script>alert("x")</script>',
    "</title></svg><img src=x onerror=alert(1)>",
    "&amp; &lt; ' \" ]]> <!-- -->",
    "{{ case.name }} {% raw %} {0} {title}",
    "\x00\x08\x1b[31m\x7f\ud800\uffff",
    "\u202egnirps\u202c 漢字漢字漢字漢字漢字漢字漢字漢字漢字 🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲",
    "W" * 5_000,
    " ",
)


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)


def cards_in(element: ET.Element, x: int = 0, y: int = 0) -> Iterator[tuple[ET.Element, tuple[int, int, int, int]]]:
    """Every card with its left, top, right and bottom in the drawing."""
    found = re.match(r"translate\((-?\d+) (-?\d+)\)", element.get("transform", ""))
    x, y = (x + int(found[1]), y + int(found[2])) if found else (x, y)
    frame = element.find(f"{SVG}*[@class='picture-frame']")
    if frame is not None:
        corners = [[int(each) for each in point.split(",")] for point in frame.get("points", "").split()]
        width, height = (max(each) for each in zip(*corners, strict=True)) if corners else _size(frame)
        yield element, (x, y, x + width, y + height)
    for child in element:
        yield from cards_in(child, x, y)


def _size(frame: ET.Element) -> tuple[int, int]:
    return int(frame.get("width", 0)), int(frame.get("height", 0))


@pytest.mark.parametrize("name", ["short.html", "everything.html"])
def test_a_picture_is_what_it_was_when_somebody_looked_at_it(name: str) -> None:
    """When it shall be another: python -m tests.unit.picture.sample, and look at it."""
    kept = (PICTURES / name).read_text(encoding="utf-8")
    assert pictures()[name].replace("><", ">\n<") + "\n" == kept


def test_a_picture_is_the_same_every_time() -> None:
    assert pictures() == pictures()


@pytest.mark.parametrize("position", [None, STANDS])
@pytest.mark.parametrize("each", [SHORT, EVERYTHING])
def test_it_is_well_formed_and_says_what_it_is(each: object, position: object) -> None:
    picture = parsed(figure(WORKSHOP, each, position))  # type: ignore[arg-type]
    drawing = picture.find(f"div/{SVG}svg")
    assert drawing is not None
    assert drawing.get("role") == "img"
    title, description = list(drawing)[:2]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert drawing.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert picture.find("figcaption") is not None


@pytest.mark.parametrize("each", [SHORT, EVERYTHING])
def test_the_list_tells_every_step_that_the_drawing_shows(each: object) -> None:
    picture = parsed(figure(WORKSHOP, each))  # type: ignore[arg-type]
    told = [strong.text for strong in picture.iter("strong")]
    drawn = [" ".join(_titles(group)) for group in picture.iter(f"{SVG}g") if group.get("data-kind")]
    assert sorted(told) == sorted(drawn)  # type: ignore[type-var]


def _titles(group: ET.Element) -> list[str]:
    return [text.text or "" for text in group.findall(f"{SVG}text[@class='picture-title']")]


@pytest.mark.parametrize("each", [SHORT, EVERYTHING])
def test_nothing_in_a_drawing_covers_anything_else_or_lies_outside(each: object) -> None:
    drawing = parsed(figure(WORKSHOP, each, STANDS)).find(f"div/{SVG}svg")  # type: ignore[arg-type]
    assert drawing is not None
    places = [place for card, place in cards_in(drawing) if card.get("data-kind") != "each"]
    for number, (left, top, right, bottom) in enumerate(places):
        assert left >= 0
        assert top >= 0
        assert right <= int(drawing.get("width", 0))
        assert bottom <= int(drawing.get("height", 0))
        for other in places[:number]:
            assert right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_what_an_author_writes_stays_words(words: str) -> None:
    form = words.encode("utf-8", "replace").decode()
    step = choose("way", ('first.note = "x"', (End(id="e", place=NOWHERE, outcome=words),)), ("", ()))
    hostile = workflow(ask("first", words), do("second", words), step, title=words, start=Start(by=(words,)))
    picture = figure(definitions(hostile), hostile, {"first": Standing(State.HERE)}, {words: form})
    elements = {element.tag.rpartition("}")[2] for element in parsed(picture).iter()}
    assert elements <= ALLOWED
    attributes = {name for element in parsed(picture).iter() for name in element.attrib}
    assert not [name for name in attributes if name == "style" or name.startswith("on") or "href" in name]


ALLOWED = {
    *("figure", "figcaption", "div", "ol", "ul", "li", "p", "span", "strong"),
    *("svg", "title", "desc", "g", "rect", "polygon", "polyline", "path", "text"),
}


def test_nothing_in_it_needs_an_exception_from_the_policy_of_the_pages() -> None:
    assert "unsafe-inline" not in CONTENT_SECURITY_POLICY
    for picture in pictures().values():
        assert not re.search(r"<(style|script|link|img|use|foreignObject)|\sstyle=|\son\w+=|href=|url\(", picture)


def test_every_class_of_a_picture_has_its_look() -> None:
    css = (Path(__file__).parents[3] / "forms_service/web/static/picture.css").read_text(encoding="utf-8")
    used = {
        name
        for picture in pictures().values()
        for names in re.findall(r'class="([^"]+)"', picture)
        for name in names.split()
    }
    plain = {"picture-card", "picture-frame"}
    assert {name for name in used - plain if f".{name}" not in css} == set()


# States


@pytest.mark.parametrize("state", State)
def test_a_state_is_told_by_words_and_a_shape_and_not_by_a_colour_alone(state: State) -> None:
    words = catalogue()[f"picture.states.{state}"]
    picture = figure(WORKSHOP, SHORT, {"first": Standing(state)})
    assert f'data-state="{state}">{words}<' in picture.split("</svg></div>")[1]
    has_badge = f">{words}</text>" in picture and SYMBOLS[f"state-{state}"] in picture
    assert has_badge is (state is not State.LATER)  # no badge at all says it, and the caption says so


def test_without_a_position_no_step_has_a_state() -> None:
    assert "data-state" not in figure(WORKSHOP, EVERYTHING)


def test_the_items_of_a_list_are_counted() -> None:
    assert "1 her nå, 3 gjort, 2 ikke ennå" in figure(WORKSHOP, EVERYTHING, STANDS)


@pytest.mark.parametrize(
    ("states", "state", "counts"),
    [
        ({State.DONE: 1}, State.DONE, {}),
        ({State.DONE: 2}, State.DONE, {State.DONE: 2}),
        (
            {State.DONE: 4, State.STOPPED: 1, State.HERE: 2},
            State.STOPPED,
            {State.STOPPED: 1, State.HERE: 2, State.DONE: 4},
        ),
        ({State.LATER: 1, State.DONE: 1}, State.DONE, {State.DONE: 1, State.LATER: 1}),
    ],
)
def test_the_most_urgent_state_stands_for_all(states: dict, state: State, counts: dict) -> None:
    assert standing_of(states) == Standing(state, counts)


# Bounds


def test_ten_thousand_steps_are_told_as_a_list_in_a_moment() -> None:
    long = workflow(*(ask(f"s{number}", show=f"s{number}", due=parse_duration("1 week")) for number in range(10_000)))
    began = time.perf_counter()
    picture = parsed(figure(definitions(long), long))
    assert time.perf_counter() - began < 5
    assert picture.find(f".//{SVG}svg") is None
    assert len(list(picture.iter("strong"))) == 10_002
    assert "for stor" in "".join(picture.itertext())


def test_the_largest_drawing_is_drawn_and_one_step_more_is_not() -> None:
    for count in (MOST_STEPS, MOST_STEPS + 1):
        steps = workflow(*(do(f"s{number}") for number in range(count)))
        assert ("<svg" in figure(definitions(steps), steps)) is (count == MOST_STEPS)


def test_a_drawing_that_would_be_too_wide_is_a_list() -> None:
    wide = workflow(Together(id="t", place=NOWHERE, lanes=tuple((do(f"s{number}"),) for number in range(60))))
    picture = figure(definitions(wide), wide)
    assert "<svg" not in picture
    assert "Spor 60" in picture


def test_steps_that_are_nested_deeply_are_drawn() -> None:
    """As deep as a file may be; see language.strict_yaml."""
    step: Step = do("innermost")
    for depth in range(40):
        step = Each(id=f"e{depth}", place=NOWHERE, over=parse("first.parts"), steps=(step,))
    deep = workflow(ask("first"), step)
    assert len(list(parsed(figure(definitions(deep), deep)).iter("strong"))) == 44


def test_a_workflow_without_steps_is_no_error() -> None:
    assert "Ferdig" in figure(definitions(empty := workflow()), empty)


# Words


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_of_time_has_its_words(unit: Unit) -> None:
    for key in ("one", "many", "every", "every_nth"):
        assert f"durations.{str(unit).replace(' ', '_')}.{key}" in catalogue()


def test_every_fact_of_the_service_has_its_words() -> None:
    assert [name for name in FACTS if f"facts.{name}" not in catalogue()] == []


def test_a_version_without_the_workflows_that_it_starts_shows_their_names() -> None:
    alone = definitions(EVERYTHING)
    assert ">short</text>" in figure(alone, EVERYTHING, roles=ROLES)


@pytest.mark.parametrize(
    ("steps", "has_finish"),
    [
        ((do("a"),), True),
        ((End(id="e", place=NOWHERE, outcome="x"),), False),
        ((choose("c", ("first.safe", (End(id="e", place=NOWHERE, outcome="x"),)), ("", ())),), True),
        ((choose("c", ("first.safe", (End(id="e", place=NOWHERE, outcome="x"),))),), True),
        ((choose("c", ("", (End(id="e", place=NOWHERE, outcome="x"),))),), False),
        ((Together(id="t", place=NOWHERE, lanes=((do("a"),), (End(id="e", place=NOWHERE, outcome="x"),))),), False),
        ((Each(id="t", place=NOWHERE, over=parse("x"), steps=(End(id="e", place=NOWHERE, outcome="x"),)),), True),
        ((End(id="e", place=NOWHERE, outcome="x", failed=(do("a"),)),), True),
        ((End(id="e", place=NOWHERE, outcome="x", failed=()),), True),
        ((Wait(id="w", place=NOWHERE),), True),
    ],
)
def test_the_end_that_nobody_wrote_is_shown_where_a_run_comes_to_it(steps: tuple[Step, ...], has_finish: bool) -> None:
    picture = parsed(figure(definitions(each := workflow(*steps)), each))
    assert ("Ferdig" in [strong.text for strong in picture.iter("strong")]) is has_finish
    assert ("Ferdig" in [text.text for text in picture.iter(f"{SVG}text")]) is has_finish
