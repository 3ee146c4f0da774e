"""Finding a participant by words, by choice and in order: only those the viewer may see, and every hit is a look."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import event, select

from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import AccessRow
from tests.integration.casework.town import Town
from tests.integration.desk.visitor import SignIn, Visitor

NAME = re.compile(r'href="/deltakere/[0-9a-f]+">([^<]+)</a>')


@pytest.fixture
def three(town: Town) -> Town:
    """Two at the north, one at the south."""
    town.waiting(participant_name="Åse Bjørnstad", participant_phone="41234567")
    town.requested(participant_name="Anne-Liv Strand", participant_phone="")
    town.requested(by="siri", office="sor", participant_name="Asbjørn Lie", participant_phone="")
    return town


def found(visitor: Visitor, text: str) -> set[str]:
    answer = visitor.post("/deltakere", sok=text)
    assert answer.status_code == 200
    return set(NAME.findall(answer.text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("as", {"Åse Bjørnstad", "Asbjørn Lie"}),
        ("Åse", {"Åse Bjørnstad"}),
        ("bjørn ås", {"Åse Bjørnstad"}),
        ("LIV", {"Anne-Liv Strand"}),
        ("liv strand x", set()),
        ("412 34", {"Åse Bjørnstad"}),
        ("+47 41 23 45 67", {"Åse Bjørnstad"}),
        ("2026-0002", {"Anne-Liv Strand"}),
        ("0003", {"Asbjørn Lie"}),
        ("", set()),
        ("%", set()),
        ("' OR 1=1 --", set()),
        ("\U0010ffff", set()),
        ("<script>alert(1)</script>", set()),
    ],
)
def test_the_beginnings_of_words_find_whoever_has_them_all(
    signed_in_as: SignIn, three: Town, text: str, names: set[str]
) -> None:
    assert found(signed_in_as("solveig"), text) == names


@pytest.mark.parametrize(("who", "names"), [("nora", {"Åse Bjørnstad"}), ("siri", {"Asbjørn Lie"}), ("berit", set())])
def test_nobody_finds_those_she_may_not_see(signed_in_as: SignIn, three: Town, who: str, names: set[str]) -> None:
    assert found(signed_in_as(who), "as") == names


@pytest.mark.parametrize("who", ["trond", "astrid"])
def test_those_who_see_no_cases_have_nothing_to_search_in(signed_in_as: SignIn, three: Town, who: str) -> None:
    visitor = signed_in_as(who)
    assert visitor.post("/deltakere", sok="as").status_code == 404
    assert visitor.get("/deltakere.csv").status_code == 404


def test_what_was_searched_is_shown_again_harmlessly_and_stands_in_no_address(
    signed_in_as: SignIn, three: Town
) -> None:
    answer = signed_in_as("solveig").post("/deltakere", sok='"><b>Åse')
    assert 'value="&#34;&gt;&lt;b&gt;Åse"' in answer.text
    assert answer.request.query_string == b""
    assert "sok=" not in answer.text


def test_every_hit_is_a_look(rt: Runtime, signed_in_as: SignIn, three: Town) -> None:
    found(signed_in_as("nora"), "as")
    with rt.database.reading() as session:
        looks = session.execute(select(AccessRow.person_id, AccessRow.reason).where(AccessRow.what == "search")).all()
    assert [tuple(look) for look in looks] == [("nora", "list")]


def test_the_list_is_chosen_by_status_and_office_and_put_in_order(signed_in_as: SignIn, three: Town) -> None:
    solveig = signed_in_as("solveig")
    assert NAME.findall(solveig.read("/deltakere?status=waiting")) == ["Åse Bjørnstad"]
    assert NAME.findall(solveig.read("/deltakere?kontor=sor")) == ["Asbjørn Lie"]
    assert NAME.findall(solveig.read("/deltakere?sorter=navn"))[:2] == ["Anne-Liv Strand", "Asbjørn Lie"]
    assert NAME.findall(solveig.read("/deltakere?status=closed&kontor=sor")) == []
    assert "Ingen deltakere passer til det du har valgt" in solveig.read("/deltakere?status=closed")
    assert len(NAME.findall(solveig.read("/deltakere?status=nonsense&sorter=x&kontor="))) == 3


def test_an_office_that_is_not_hers_shows_a_caseworker_nothing_more(signed_in_as: SignIn, three: Town) -> None:
    assert NAME.findall(signed_in_as("nora").read("/deltakere?kontor=sor")) == []


def test_the_next_page_keeps_what_was_chosen(signed_in_as: SignIn, town: Town) -> None:
    for number in range(26):
        town.requested(participant_name=f"Liv {number}")
    page = signed_in_as("solveig").read("/deltakere?status=requested&sorter=navn")
    assert 'href="?status=requested&amp;sorter=navn&amp;side=2"' in page


def test_the_file_holds_what_was_chosen_and_everybody_in_it_was_looked_at(
    rt: Runtime, signed_in_as: SignIn, three: Town
) -> None:
    answer = signed_in_as("nora").get("/deltakere.csv?status=waiting")
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert lines == [
        ["Sak", "Navn", "Kontor", "Status", "Likemann"],
        ["2026-0001", "Åse Bjørnstad", "Nord", "Venter på likemann", ""],
    ]
    with rt.database.reading() as session:
        assert session.scalars(select(AccessRow.person_id).where(AccessRow.what == "participants_file")).all() == [
            "nora"
        ]


def test_a_long_list_asks_no_more_of_the_database_than_a_short_one(
    rt: Runtime, signed_in_as: SignIn, town: Town
) -> None:
    solveig, asked = signed_in_as("solveig"), []
    event.listen(rt.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for more in (1, 40):
        for _ in range(more):
            town.requested()
        asked.clear()
        solveig.read("/deltakere")
        counts.append(len(asked))
    assert counts[0] == counts[1]
