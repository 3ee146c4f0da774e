"""What waits for the person who is signed in."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forms_service.engine.operate.pause import pause_run
from forms_service.storage.papers import DeliveryRow
from forms_service.storage.runs import StepRow
from tests.integration.casework.town import Town
from tests.integration.desk.office import COORDINATOR, Office
from tests.integration.desk.visitor import SignIn


def test_the_front_page_leads_each_role_to_where_it_begins(signed_in_as: SignIn) -> None:
    begin = {who: signed_in_as(who).get("/").location for who in ("nora", "solveig", "berit", "pia", "trond", "astrid")}
    assert begin == {
        "nora": "/oppgaver",
        "solveig": "/oppgaver",
        "berit": "/oppgaver",
        "pia": "/innboks",
        "trond": "/venteliste",
        "astrid": "/drift",
    }


def test_a_new_request_is_a_task_for_the_coordinator_and_for_nobody_else(signed_in_as: SignIn, office: Office) -> None:
    office.send_request()
    page = signed_in_as("solveig").read("/oppgaver")
    assert "Én oppgave venter på deg" in page
    assert f'href="/oppgaver/{office.task("first_conversation").id}"' in page
    assert "Sak 2026-0001" in page
    assert "<span>Nord</span>" in page
    assert "Førstesamtale" not in signed_in_as("nora").read("/oppgaver")


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Frist <time"), (6, "Frist i morgen"), (7, "Frist i dag"), (8, "1 dag over fristen"), (9, "2 dager over")],
)
def test_the_due_date_is_told_in_words(signed_in_as: SignIn, office: Office, days: int, words: str) -> None:
    office.send_request()
    office.pass_days(days)
    assert words in signed_in_as("solveig").read("/oppgaver")


def test_nobody_is_late_with_what_stands_still(signed_in_as: SignIn, office: Office) -> None:
    run_id = office.send_request()
    pause_run(office.rt, run_id, "Streik", COORDINATOR)
    office.pass_days(30)
    solveig = signed_in_as("solveig")
    addresses = ("/oppgaver", f"/oppgaver/{office.task('first_conversation').id}", f"/kvittering/{run_id}")
    desk, task, receipt = (solveig.read(address) for address in addresses)
    case = solveig.read(f"/deltakere/{office.participant().id}")
    for page in (desk, task, case):
        assert "På pause" in page
        assert "fristen" not in page.partition("<main")[2].partition("Tidslinje")[0]
    assert "frist <time" not in receipt
    assert "er over fristen" not in desk


def test_what_is_due_first_stands_first(signed_in_as: SignIn, office: Office) -> None:
    office.send_request()
    office.pass_days(3)
    office.send_request(participant_name="Aud Berg")
    page = signed_in_as("solveig").read("/oppgaver")
    assert page.index("Sak 2026-0001") < page.index("Sak 2026-0002")


def test_the_coordinator_sees_what_waits_for_others(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    office.pass_days(190)
    others = signed_in_as("solveig").read("/oppgaver?vis=venter-paa-andre")
    assert "Egenevaluering" in others
    assert "Venter på deltaker" in others
    assert "Venter på andre" not in signed_in_as("nora").read("/oppgaver")


def test_a_long_list_comes_in_pages(signed_in_as: SignIn, office: Office) -> None:
    for number in range(27):
        office.send_request(participant_name=f"Person {number}")
    solveig = signed_in_as("solveig")
    first, second = solveig.read("/oppgaver"), solveig.read("/oppgaver?side=2")
    assert first.count('class="row-link" href="/oppgaver/') == 25
    assert second.count('class="row-link" href="/oppgaver/') == 2
    assert "27 oppgaver venter" in first
    assert 'href="?side=2"' in first
    assert solveig.get("/oppgaver?side=3").status_code == 404


@pytest.mark.parametrize(("who", "offered"), [("nora", True), ("solveig", True), ("berit", False), ("pia", False)])
def test_only_those_who_may_start_a_request_are_offered_to(signed_in_as: SignIn, who: str, offered: bool) -> None:
    assert ('href="/skjema/intake"' in signed_in_as(who).read("/oppgaver")) is offered


def test_a_peer_is_offered_to_log_a_contact_with_her_own_participants(signed_in_as: SignIn, office: Office) -> None:
    match = office.match()
    page = signed_in_as("berit").read("/oppgaver")
    assert "Liv Strand" in page
    assert f'href="/skjema/contact_log?om=match:{match.id}"' in page
    assert "Liv Strand" not in signed_in_as("gunn").read("/oppgaver")


def test_an_empty_desk_says_what_to_do(signed_in_as: SignIn) -> None:
    assert "Send en forespørsel" in signed_in_as("nora").read("/oppgaver")
    assert "Koordinatoren tar kontakt" in signed_in_as("berit").read("/oppgaver")
    assert "Innboksen er tom" in signed_in_as("nora").read("/innboks")


def test_what_she_has_sent_is_found_again(signed_in_as: SignIn, office: Office) -> None:
    run_id = office.send_request()
    assert f'href="/kvittering/{run_id}"' in signed_in_as("nora").read("/oppgaver")
    assert f'href="/kvittering/{run_id}"' not in signed_in_as("siri").read("/oppgaver")


def delivery(town: Town) -> DeliveryRow:
    with town.database.reading() as session:
        return session.scalars(select(DeliveryRow)).one()


def test_a_document_in_the_inbox_is_unread_until_it_is_opened(signed_in_as: SignIn, office: Office, town: Town) -> None:
    office.match()
    nora = signed_in_as("nora")
    assert "Ulest" in nora.read("/innboks")
    agreement = office.document("agreement")
    assert f'href="/dokumenter/{agreement.id}"' in nora.read("/innboks")
    signed_in_as("solveig").get(f"/dokumenter/{agreement.id}")
    assert delivery(town).opened_at is None, "the coordinator is not who it was delivered to"
    assert nora.client.head(f"/dokumenter/{agreement.id}").status_code == 200
    assert delivery(town).opened_at is None, "a program that looked for her has not read it"
    assert nora.get(f"/dokumenter/{agreement.id}").status_code == 200
    assert delivery(town).opened_at == office.clock.now()
    assert "Ulest" not in nora.read("/innboks")


def test_what_lies_in_one_inbox_lies_in_no_other(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    agreement = office.document("agreement")
    assert agreement.id not in signed_in_as("nils").read("/innboks")
    assert signed_in_as("nils").get(f"/dokumenter/{agreement.id}").status_code == 404


def test_a_task_without_due_date_is_listed_too(signed_in_as: SignIn, office: Office, town: Town) -> None:
    office.send_request()
    town.change(StepRow, office.task("first_conversation").id, late_at=None)
    assert "Førstesamtale" in signed_in_as("solveig").read("/oppgaver")
