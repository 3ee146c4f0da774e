"""Waiting list, peers and inbox: chosen and ordered in the address, taken along as a file, a page at a time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

import pytest
from sqlalchemy import event, select

from forms_service.storage.cases import AccessRow
from forms_service.storage.people import PeerRow, PersonRow
from tests.integration.casework.papers import deliver, paper
from tests.integration.casework.town import Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn, Visitor

ROW = re.compile(r'<th scope="row">(?:<a [^>]*>)?([^<]+)<')


def named(visitor: Visitor, address: str) -> list[str]:
    return ROW.findall(visitor.read(address))


def rows_of(visitor: Visitor, address: str) -> list[list[str]]:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))


def looked_at(town: Town, what: str) -> list[str | None]:
    with town.database.reading() as session:
        return list(session.scalars(select(AccessRow.person_id).where(AccessRow.what == what)))


@pytest.fixture
def three(town: Town) -> Town:
    """Two wait at the north, one of them with a proposal; one at the south."""
    town.waiting(participant_name="Åse Bø", phase="before_treatment")
    town.propose(town.waiting(participant_name="Berit Vik"))
    town.waiting(by="siri", office="sor", participant_name="Aud Lie")
    return town


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ("", ["Åse Bø", "Berit Vik", "Aud Lie"]),
        ("?sorter=kortest", ["Aud Lie", "Berit Vik", "Åse Bø"]),
        ("?sorter=navn", ["Aud Lie", "Berit Vik", "Åse Bø"]),
        ("?status=proposed", ["Berit Vik"]),
        ("?kontor=sor", ["Aud Lie"]),
        ("?fase=before_treatment", ["Åse Bø"]),
        ("?fase=before_treatment&kontor=sor", []),
        ("?status=matched&fase=x&sorter=y&kontor=", ["Åse Bø", "Berit Vik", "Aud Lie"]),
    ],
)
def test_the_waiting_list_is_chosen_in_the_address(
    signed_in_as: SignIn, three: Town, chosen: str, names: list[str]
) -> None:
    assert named(signed_in_as("solveig"), f"/venteliste{chosen}") == names


def test_what_fits_nothing_says_how_to_see_all_again(signed_in_as: SignIn, three: Town) -> None:
    solveig = signed_in_as("solveig")
    assert "Ingen av dem som venter, passer" in solveig.read("/venteliste?fase=before_treatment&kontor=sor")
    assert "Ingen passer til det du har valgt" in solveig.read("/likemenn?klar=nei")


def test_another_office_is_not_hers_to_choose(signed_in_as: SignIn, three: Town) -> None:
    nora = signed_in_as("nora")
    assert named(nora, "/venteliste?kontor=sor") == []
    assert 'name="kontor"' not in nora.read("/venteliste")
    assert rows_of(nora, "/venteliste.csv?kontor=sor")[1:] == []


def test_the_waiting_list_as_a_file_holds_what_was_chosen_and_is_logged(signed_in_as: SignIn, three: Town) -> None:
    assert rows_of(signed_in_as("nora"), "/venteliste.csv?status=waiting") == [
        ["Sak", "Navn", "Kontor", "På listen siden", "Dager", "Status"],
        ["2026-0001", "Åse Bø", "Nord", "2026-01-15", "0", "Venter på likemann"],
    ]
    assert looked_at(three, "waiting_list_file") == ["nora"]


@pytest.mark.parametrize("who", ["trond", "berit", "pia", "astrid"])
@pytest.mark.parametrize("path", ["/venteliste.csv", "/likemenn.csv"])
def test_those_who_see_no_names_take_none_along(signed_in_as: SignIn, three: Town, who: str, path: str) -> None:
    assert signed_in_as(who).get(path).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ("", ["Berit", "Gunn", "Odd"]),
        ("?klar=ja", ["Berit", "Odd"]),
        ("?klar=nei", ["Gunn"]),
        ("?ledig=ja", ["Gunn", "Odd"]),
        ("?kjonn=man", ["Odd"]),
        ("?klar=ja&ledig=ja", ["Odd"]),
        ("?sorter=timer", ["Gunn", "Odd", "Berit"]),
        ("?klar=kanskje&kjonn=x&sorter=y", ["Berit", "Gunn", "Odd"]),
    ],
)
def test_the_peers_are_chosen_in_the_address(signed_in_as: SignIn, town: Town, chosen: str, names: list[str]) -> None:
    town.proposed("berit", hours=7.0)
    town.change(PeerRow, "gunn", courses_passed=2)
    assert named(signed_in_as("solveig"), f"/likemenn{chosen}") == names


def test_the_peers_as_a_file_name_those_they_walk_beside_by_number_alone(signed_in_as: SignIn, town: Town) -> None:
    town.active("berit")
    (heads, berit) = rows_of(signed_in_as("solveig"), "/likemenn.csv?klar=ja&kjonn=woman")[:2]
    assert berit == ["Berit", "1980", "Ja", "3", "4", "7,5", "2026-0001", ""]
    assert len(heads) == len(berit)
    assert looked_at(town, "peers_file") == ["solveig"]


def test_the_inbox_shows_what_is_unread_or_read(signed_in_as: SignIn, town: Town) -> None:
    subject = town.active("berit")
    for name in ("agreement", "final_report"):
        deliver(town, paper(town, name, subject), "nora")
    nora = signed_in_as("nora")
    (first, *_) = re.findall(r'href="(/dokumenter/\w+)"', nora.read("/innboks"))
    assert "2 dokumenter er uleste" in nora.read("/innboks")
    nora.get(first)
    unread, read = nora.read("/innboks?vis=uleste"), nora.read("/innboks?vis=leste")
    assert first in read
    assert first not in unread
    assert [page.count('class="row-link" href="/dokumenter/') for page in (unread, read)] == [1, 1]
    assert all("Ett dokument er ulest" in page for page in (unread, read)), "however many of them are shown"
    file = rows_of(nora, "/innboks.csv?vis=leste")
    assert [row[0] for row in file[1:]] == [_number_in(read)]
    assert "Liv Strand" not in str(file), "a list of names is not everybody's to take along"
    assert looked_at(town, "inbox_file") == ["nora"]


def _number_in(page: str) -> str:
    found = re.search(r"Dokument ([\w-]+)", page)
    assert found is not None
    return found[1]


def questions(town: Town, visitor: Visitor, path: str) -> int:
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(town.database.engine, "before_cursor_execute", note)
    visitor.read(path)
    event.remove(town.database.engine, "before_cursor_execute", note)
    return len(asked)


def test_longer_lists_ask_no_more_of_the_database_than_short_ones(signed_in_as: SignIn, town: Town) -> None:
    addresses = ("/venteliste", "/likemenn", "/likemenn?sorter=timer", "/venteliste?kontor=nord&sorter=navn")
    solveig = signed_in_as("solveig")
    town.active("berit")
    town.waiting()
    few = [questions(town, solveig, address) for address in addresses]
    for _ in range(30):
        town.waiting()
    more_peers(town, (f"peer-{number}" for number in range(30)))
    assert [questions(town, solveig, address) for address in addresses] == few


def more_peers(town: Town, keys: Iterable[str]) -> None:
    for key in keys:
        with town.database.writing() as session:
            session.add(PersonRow(id=key, name=key, role="peer", active=True))
            session.flush()
            session.add(PeerRow(person_id=key, gender="woman", birth_year=1980, ready=True, courses_passed=3))


def test_an_inbox_comes_in_pages_and_costs_no_more_for_it(signed_in_as: SignIn, office: Office, town: Town) -> None:
    subject = town.active("berit")
    nora = signed_in_as("nora")
    deliver(town, paper(town, "agreement", subject), "nora")
    few = questions(town, nora, "/innboks")
    for _ in range(30):
        deliver(town, paper(town, "agreement", subject), "nora")
    assert questions(town, nora, "/innboks") == few
    assert nora.read("/innboks?side=2").count('class="row-link" href="/dokumenter/') == 6
    assert 'href="?vis=uleste&amp;side=2"' in nora.read("/innboks?vis=uleste")
