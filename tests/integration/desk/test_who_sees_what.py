"""Each page for each role, at the own and at another office: what is not yours does not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from forms_service.domain.people import Role
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import start_with_form
from forms_service.storage.cases import AccessRow, ParticipantRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.people import PersonRow
from tests.integration.casework.town import PEOPLE, REQUEST, Town
from tests.integration.desk.visitor import SignIn

EVERYBODY = tuple(PEOPLE)
PAGES = {
    "/oppgaver": set(EVERYBODY),
    "/innboks": set(EVERYBODY),
    "/deltakere": {"solveig", "nora", "nils", "siri", "pia", "berit", "gunn", "odd"},
    "/venteliste": {"solveig", "nora", "nils", "siri", "trond"},
    "/likemenn": {"solveig"},
    "/utboks": {"solveig"},
    "/drift": {"solveig", "astrid"},
}
"""Path → who may open it; for all others there is no such page."""


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_role_finds_its_own_pages_and_no_others(signed_in_as: SignIn, who: str) -> None:
    visitor = signed_in_as(who)
    found = {path: visitor.get(path).status_code for path in PAGES}
    assert found == {path: 200 if who in allowed else 404 for path, allowed in PAGES.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_menu_offers_only_pages_that_open(signed_in_as: SignIn, who: str) -> None:
    visitor = signed_in_as(who)
    home = visitor.client.get("/", follow_redirects=True)
    assert home.status_code == 200
    offered = [path for path in PAGES if f'<li><a href="{path}"' in home.text]
    assert offered
    assert [visitor.get(path).status_code for path in offered] == [200] * len(offered)


SEES_LIV = {
    "solveig": 200,  # carries the service
    "nora": 200,  # her caseworker
    "nils": 200,  # at the same office
    "berit": 200,  # walks beside her
    "siri": 404,  # at another office
    "gunn": 404,  # walks beside nobody
    "odd": 404,
    "pia": 404,  # is not her contact
    "trond": 404,
    "astrid": 404,
}


@pytest.mark.parametrize(("who", "status"), SEES_LIV.items())
def test_a_participants_page_opens_for_those_who_need_it(
    signed_in_as: SignIn, town: Town, who: str, status: int
) -> None:
    liv = town.participant(town.active("berit"))
    assert signed_in_as(who).get(f"/deltakere/{liv.id}").status_code == status


def test_a_primary_contact_sees_those_she_is_contact_for_and_nobody_else(signed_in_as: SignIn, town: Town) -> None:
    liv, other = town.participant(town.waiting()), town.participant(town.waiting(participant_name="Aud Berg"))
    town.change(ParticipantRow, liv.id, primary_contact_id="pia")
    pia = signed_in_as("pia")
    assert "Liv Strand" in pia.read("/deltakere")
    assert "Aud Berg" not in pia.read("/deltakere")
    assert pia.get(f"/deltakere/{liv.id}").status_code == 200
    assert pia.get(f"/deltakere/{other.id}").status_code == 404


def test_when_the_match_has_ended_the_peer_sees_nothing_more(signed_in_as: SignIn, town: Town) -> None:
    match = town.active("berit")
    liv = town.participant(match)
    berit = signed_in_as("berit")
    assert berit.get(f"/deltakere/{liv.id}").status_code == 200
    town.closed(match)
    assert berit.get(f"/deltakere/{liv.id}").status_code == 404
    assert "Liv Strand" not in berit.read("/deltakere")


def test_confidences_stay_with_the_coordinator(signed_in_as: SignIn, town: Town) -> None:
    match = town.active("berit")
    town.move(
        "log_contact", match, {"on": "2026-01-22", "kind": "phone", "internal_note": "HEMMELIG notat"}, by="berit"
    )
    address = f"/deltakere/{town.participant(match).id}"
    assert "HEMMELIG grunn" in signed_in_as("solveig").read(address)
    assert "HEMMELIG notat" in signed_in_as("solveig").read(address)
    assert "HEMMELIG notat" in signed_in_as("berit").read(address), "she wrote it herself"
    assert "HEMMELIG" not in signed_in_as("nora").read(address)
    assert "Trene to ganger" not in signed_in_as("nora").read(address), "goals are between the two"
    assert "Innsynslogg" not in signed_in_as("nora").read(address)


def test_a_project_lead_sees_numbers_and_no_names(signed_in_as: SignIn, town: Town) -> None:
    town.waiting()
    page = signed_in_as("trond").read("/venteliste")
    assert "1 venter" in " ".join(page.replace('<span class="ds-sr-only">', "").split())
    assert "Liv Strand" not in page
    assert "2026-0001" not in page


def test_a_caseworker_sees_her_own_queue_and_everybodys_numbers(signed_in_as: SignIn, town: Town) -> None:
    town.waiting()
    town.waiting(by="siri", office="sor", participant_name="Aud Berg")
    page = signed_in_as("nora").read("/venteliste")
    assert "Liv Strand" in page
    assert "Aud Berg" not in page
    assert all(f">{office}</h3>" in page for office in ("Nord", "Sør"))


@pytest.fixture
def request_sent(rt: Runtime, work_all: Callable[[], None]) -> str:
    """Nora has sent a request and the machine is done with it; the run."""
    answers = {"caseworker": None, "relatively_drug_free": "yes", "lacks_network": "yes", **REQUEST}
    receipt = start_with_form(rt, "intake", "n1", answers, NO_SUBJECT, Actor("nora", Role.CASEWORKER))
    work_all()
    return receipt.run_id


OPENS_THE_SUMMARY = {"solveig": 200, "nora": 200, "nils": 200, "siri": 404, "berit": 404, "trond": 404, "astrid": 404}


@pytest.mark.parametrize(("who", "status"), OPENS_THE_SUMMARY.items())
def test_a_document_opens_for_those_it_is_made_for(
    signed_in_as: SignIn, town: Town, request_sent: str, who: str, status: int
) -> None:
    with town.database.reading() as session:
        summary = session.scalars(select(DocumentRow)).one()
    answer = signed_in_as(who).get(f"/dokumenter/{summary.id}")
    assert answer.status_code == status
    assert (answer.data == b"%PDF-1.7 request_summary") is (status == 200)


def test_a_document_is_named_after_its_number_and_kept_nowhere(
    signed_in_as: SignIn, town: Town, request_sent: str
) -> None:
    with town.database.reading() as session:
        summary = session.scalars(select(DocumentRow)).one()
    answer = signed_in_as("nora").get(f"/dokumenter/{summary.id}")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"inline; filename={summary.number}.pdf"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_message_opens_for_the_coordinator_alone(signed_in_as: SignIn, town: Town, request_sent: str) -> None:
    with town.database.reading() as session:
        message = session.scalars(select(MessageRow)).first()
    assert message is not None
    found = {who: signed_in_as(who).get(f"/utboks/{message.id}").status_code for who in ("solveig", "nora", "astrid")}
    assert found == {"solveig": 200, "nora": 404, "astrid": 404}


def test_what_is_not_there_is_not_there(signed_in_as: SignIn) -> None:
    solveig = signed_in_as("solveig")
    missing = ["/deltakere/0", "/dokumenter/0", "/utboks/0", "/oppgaver?side=7", "/deltakere?side=0", "/utboks?side=-1"]
    assert {path: solveig.get(path).status_code for path in missing} == dict.fromkeys(missing, 404)


def looks(town: Town) -> list[tuple[str | None, str, str, str]]:
    with town.database.reading() as session:
        rows = session.scalars(select(AccessRow).order_by(AccessRow.id))
        return [(row.person_id, row.role, row.what, row.reason) for row in rows]


def test_every_look_at_a_participant_is_logged_with_who_as_what_and_why(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.active("berit"))
    for who in ("solveig", "nora", "berit", "siri"):
        signed_in_as(who).get(f"/deltakere/{liv.id}")
    assert [look for look in looks(town) if look[2] == "participant"] == [
        ("solveig", "coordinator", "participant", "role"),
        ("nora", "caseworker", "participant", "own_office, primary_contact"),
        ("berit", "peer", "participant", "own_match"),
    ]


def test_names_in_lists_are_logged_too(signed_in_as: SignIn, town: Town) -> None:
    town.active("berit")
    town.waiting(participant_name="Aud Berg")
    solveig = signed_in_as("solveig")
    for path in ("/deltakere", "/venteliste", "/likemenn"):
        solveig.get(path)
    assert [what for _, _, what, _ in looks(town)] == ["participants", "participants", "waiting_list", "peers"]


def test_reading_a_document_is_logged(signed_in_as: SignIn, town: Town, request_sent: str) -> None:
    with town.database.reading() as session:
        summary = session.scalars(select(DocumentRow)).one()
    signed_in_as("siri").get(f"/dokumenter/{summary.id}")
    assert "document" not in [what for _, _, what, _ in looks(town)]
    signed_in_as("nils").get(f"/dokumenter/{summary.id}")
    assert ("nils", "caseworker", "document", "own_office") in looks(town)


def test_the_coordinator_sees_who_has_looked(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    signed_in_as("nils").get(f"/deltakere/{liv.id}")
    page = signed_in_as("solveig").read(f"/deltakere/{liv.id}")
    assert "Nils, fagkonsulent" in page


def test_the_same_look_again_on_one_day_is_told_once(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    nils = signed_in_as("nils")
    for _ in range(3):
        nils.get(f"/deltakere/{liv.id}")
    page = signed_in_as("solveig").read(f"/deltakere/{liv.id}")
    assert page.count("Nils, fagkonsulent") == 1
    assert "(3 ganger den dagen)" in page


def test_somebody_whose_role_has_changed_sees_with_the_new_one(signed_in_as: SignIn, town: Town) -> None:
    solveig = signed_in_as("solveig")
    assert solveig.get("/utboks").status_code == 200
    town.change(PersonRow, "solveig", role=Role.PROJECT_LEAD)
    assert solveig.get("/utboks").status_code == 404
