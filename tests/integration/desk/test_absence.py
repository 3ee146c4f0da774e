"""Somebody is away: she says so herself, or somebody for her; what waits goes to whoever stands in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from forms_service.engine.runtime import Runtime
from forms_service.storage.accounts import AccountEventRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from forms_service.web.absence.people import MOST
from tests.integration.casework.town import NOW, TODAY, Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn

TOMORROW = str(TODAY + timedelta(days=1))


def person(rt: Runtime, key: str) -> PersonRow:
    with rt.database.reading() as session:
        return session.get_one(PersonRow, key)


def test_somebody_says_that_she_is_away_and_who_stands_in(rt: Runtime, signed_in_as: SignIn) -> None:
    nora = signed_in_as("nora")
    assert "/konto/fravaer" in nora.read("/konto")
    assert "Nils" in nora.read("/konto/fravaer")
    assert "Siri" not in nora.read("/konto/fravaer"), "another office's cases are not hers to see"
    assert nora.post("/konto/fravaer", since=str(TODAY), until=TOMORROW, stand_in="nils").status_code == 303
    page = nora.read("/konto/fravaer")
    assert "Borte fra 15. januar 2026 til og med 16. januar 2026" in page
    assert "Nils er vikar" in page
    assert nora.post("/konto/fravaer", do="end").status_code == 303
    assert person(rt, "nora").away_from is None
    with rt.database.reading() as session:
        kinds = session.scalars(select(AccountEventRow.kind).where(AccountEventRow.person_id == "nora")).all()
    assert kinds.count("away") == 2


def test_among_many_somebody_is_found_by_a_part_of_her_name(rt: Runtime, signed_in_as: SignIn) -> None:
    """A list of some of them would look as if it were all."""
    solveig = signed_in_as("solveig")
    assert 'name="navn"' not in solveig.get("/fravaer").text, "few can all be chosen from"
    with rt.database.writing() as session:
        session.get_one(PersonRow, "nora").name = "Øyvor 100 %"
        session.add_all(PersonRow(id=f"p{n}", name=f"Øyvind {n}", role="peer", email="") for n in range(MOST))
    assert "Det er flere enn 100" in solveig.read("/fravaer")
    assert "Øyvind" not in solveig.read("/fravaer")
    for text, found in (("øyvor", True), ("100 %", True), ("_", False), ("Øyvind 7", False)):
        page = solveig.post("/fravaer", navn=text).text
        assert ('value="nora"' in page) is found, text
    assert "Ingen heter det" in solveig.post("/fravaer", navn="Finnes ikke").text
    assert "Det er flere enn 100" in solveig.post("/fravaer", navn="øyv").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"since": ""}, "Skriv første dag"),
        ({"since": "i morgen"}, "Skriv første dag"),
        ({"since": "2026-01-14"}, "kan ikke være før i dag"),
        ({"since": TOMORROW, "until": "2026-01-15"}, "kan ikke være før første dag"),
        ({"since": TOMORROW, "until": "x"}, "Skriv siste dag"),
        ({"since": TOMORROW, "until": "2036-01-01"}, "høyst to år"),
        ({"since": TOMORROW, "stand_in": "siri"}, "Velg vikaren fra listen"),
        ({"since": TOMORROW, "stand_in": "nora"}, "Velg vikaren fra listen"),
    ],
)
def test_what_will_not_do_is_told_and_kept(
    rt: Runtime, signed_in_as: SignIn, fields: dict[str, str], words: str
) -> None:
    answer = signed_in_as("nora").post("/konto/fravaer", **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert person(rt, "nora").away_from is None


def test_an_absence_that_has_begun_can_be_made_longer(rt: Runtime, signed_in_as: SignIn, town: Town) -> None:
    begun = TODAY - timedelta(days=5)
    town.change(PersonRow, "nora", away_from=begun, away_until=TODAY)
    assert signed_in_as("nora").post("/konto/fravaer", since=str(begun), until=TOMORROW).status_code == 303
    assert person(rt, "nora").away_until == TODAY + timedelta(days=1)


@pytest.mark.parametrize("who", ["solveig", "astrid"])
def test_coordinator_and_admin_can_say_it_for_others(rt: Runtime, signed_in_as: SignIn, who: str) -> None:
    visitor = signed_in_as(who)
    assert visitor.get("/fravaer?hvem=nora").location == "/fravaer/nora"
    assert visitor.post("/fravaer/nora", since=str(TODAY), until="", stand_in="nils").status_code == 303
    page = visitor.read("/fravaer")
    assert "inntil videre" in page
    assert "Vikar: Nils" in page


@pytest.mark.parametrize("who", ["nora", "berit", "pia", "trond"])
def test_nobody_else_can(rt: Runtime, signed_in_as: SignIn, who: str) -> None:
    visitor = signed_in_as(who)
    assert visitor.get("/fravaer").status_code == 404
    assert visitor.post("/fravaer/nils", since=str(TODAY)).status_code == 404
    assert visitor.post("/fravaer/nils/oppgaver", stand_in=who).status_code == 404


def test_tasks_that_come_up_go_to_the_stand_in_and_so_does_the_word_about_them(
    rt: Runtime, signed_in_as: SignIn, office: Office, town: Town
) -> None:
    office.match()
    town.change(PersonRow, "nora", away_from=TODAY, away_until=None, stand_in_id="nils")
    office.pass_days(190)
    task = office.task("caseworker_evaluation")
    assert task.person_id == "nils"
    with rt.database.reading() as session:
        notified = select(MessageRow.address).where(MessageRow.step_id == task.id, MessageRow.key == "notify")
        assert session.scalars(notified).all() == ["nils@example.org"]
    assert "Nora" not in signed_in_as("nils").read("/oppgaver")


@pytest.mark.parametrize("change", [{"active": False}, {"away_from": TODAY}, {"office_id": "sor"}, {"role": "admin"}])
def test_a_stand_in_who_cannot_gets_nothing(office: Office, town: Town, change: dict[str, object]) -> None:
    office.match()
    town.change(PersonRow, "nora", away_from=TODAY, away_until=None, stand_in_id="nils")
    town.change(PersonRow, "nils", **change)
    office.pass_days(190)
    assert office.task("caseworker_evaluation").person_id == "nora"


def test_all_that_waits_already_goes_over_in_one_act_with_one_word(
    rt: Runtime, signed_in_as: SignIn, office: Office, town: Town, work_all: Callable[[], None]
) -> None:
    office.match()
    office.pass_days(190)
    task = office.task("caseworker_evaluation")
    town.change(PersonRow, "nora", away_from=NOW.date(), away_until=None, stand_in_id="nils")
    nora = signed_in_as("nora")
    assert "Én oppgave venter fra før" in nora.read("/konto/fravaer")
    assert nora.post("/konto/fravaer/oppgaver", stand_in="siri").status_code == 400
    assert nora.post("/konto/fravaer/oppgaver", stand_in="nils").status_code == 303
    assert "Én oppgave er gitt videre" in nora.read("/konto/fravaer")
    with rt.database.reading() as session:
        assert session.get_one(StepRow, task.id).person_id == "nils"
    nora.post("/konto/fravaer/oppgaver", stand_in="nils")
    assert "Det var ingen oppgaver å gi videre" in nora.read("/konto/fravaer")
    work_all()
    with rt.database.reading() as session:
        told = session.scalars(select(MessageRow.address).where(MessageRow.message == "handed_over")).all()
    assert told == ["nils@example.org"]
