"""The pages of a service of another trade: tasks, forms, receipts, the inbox and one-time links; nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from forms_service.app import create_app
from forms_service.rehearsal.people import add_person
from forms_service.storage.database import Database
from forms_service.storage.people import PersonRow
from tests.integration.desk.visitor import Visitor
from tests.integration.foreign.trade import Trade, open_trade

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SULT = {"book": "Sult", "name": "Ada Eksempel", "email": "ada@laaner.example"}


def in_a_demo(trade: Trade) -> Trade:
    """Where anybody can be anybody."""
    trade.rt = replace(trade.rt, settings=replace(trade.rt.settings, demo=True))
    return trade


@pytest.fixture
def library(database: Database, tmp_path: Path) -> Trade:
    return in_a_demo(open_trade("lending", database, tmp_path, "2026-02-20"))


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Trade:
    return in_a_demo(open_trade("approval", database, tmp_path, "2026-03-31"))


def enter(app: Flask, person: str) -> Visitor:
    visitor = Visitor(app.test_client())
    assert visitor.post("/inn", person=person).status_code == 302
    return visitor


def nonce_in(page: str) -> str:
    found = re.search(r'name="_nonce" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def fill_in(visitor: Visitor, address: str, **answers: str | list[str]) -> str:
    """Open a form, send it, and come to the page that follows."""
    page = visitor.get(address)
    assert page.status_code == 200, page.text
    answer = visitor.post(address, _nonce=nonce_in(page.text), **answers)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.location).text


def test_anybody_of_the_described_roles_can_be_tried_in_a_demo(library: Trade) -> None:
    page = Visitor(create_app(library.rt).test_client()).get("/inn").text
    assert "Bibliotekar" in page
    assert "Biblioteksjef" in page
    assert "Koordinator" not in page


def test_a_librarian_lends_takes_back_and_sees_what_becomes_of_it(library: Trade) -> None:
    lise = enter(create_app(library.rt), "librarian")
    front = lise.get("/oppgaver").text
    assert "Lån av bok" in front
    assert "Deltakere" not in front
    assert "Venteliste" not in front
    receipt = fill_in(lise, "/skjema/loan", **SULT)
    library.live()
    assert "Boka er lånt ut" in receipt

    library.pass_to("2026-03-21")
    library.answer("wish", "librarian", extend="no")
    waiting = lise.get("/oppgaver").text
    assert "Ta imot boka" in waiting
    assert waiting.count("Sak L-2026-0001") == 2  # the task, and what she has begun
    task = f"/oppgaver/{library.task('back').id}"
    refused = lise.post(task, _nonce=nonce_in(lise.get(task).text), returned_on="2026-02-01")
    assert "Boka kan ikke være levert før den ble lånt ut." in refused.text
    assert "ferdig" in fill_in(lise, task, returned_on="2026-03-20").lower()
    assert library.runs("loan") == [("ended", "returned", None)]


def test_a_borrower_answers_by_the_link_in_the_mail(library: Trade) -> None:
    library.start("loan", "librarian", **SULT)
    library.pass_to("2026-03-18")
    link = re.search(r"/l/\S+", library.post.sent[-1].body)
    assert link is not None
    borrower = Visitor(create_app(library.rt).test_client())
    assert "Lånet av Sult går snart ut." in borrower.get(link[0]).text
    fill_in(borrower, link[0], extend="yes")
    assert library.records()[0]["extended"] == "yes"
    assert "går snart ut" not in borrower.get(link[0]).text


def test_the_menu_and_the_addresses_of_peer_support_do_not_exist(library: Trade) -> None:
    lise = enter(create_app(library.rt), "librarian")
    for address in ("/deltakere", "/venteliste", "/likemenn", "/utboks", "/drift"):
        assert lise.get(address).status_code == 404, address
    assert lise.get("/innboks").status_code == 200


def test_the_manager_whom_the_request_names_reads_the_sheet_and_decides(house: Trade) -> None:
    with house.rt.database.writing() as session:
        add_person(session, "boss", "Bodil")
        session.get_one(PersonRow, "boss").role = "staff"
    app = create_app(house.rt)
    staff, boss, finance = (enter(app, person) for person in ("staff", "boss", "finance"))
    fill_in(staff, "/skjema/equipment", wanted=["laptop", "chair"], purpose="Nytt kontor", cost="10000", manager="boss")
    house.live()
    assert "Godkjenn som leder" in boss.get("/oppgaver").text
    assert "Godkjenn som leder" not in staff.get("/oppgaver").text
    task = f"/oppgaver/{house.task('manager_view').id}"
    assert staff.get(task).status_code == 404
    sheet = re.search(r"/dokumenter/\w+", boss.get(task).text)
    assert sheet is not None
    assert boss.get(sheet[0]).data == b"%PDF"
    fill_in(boss, task, decision="yes")
    fill_in(finance, f"/oppgaver/{house.task('finance_view').id}", decision="yes")

    stock = enter(app, "stock")
    assert "Bestill varen: Bærbar PC" in stock.get("/oppgaver").text
    for number in (1, 2):
        fill_in(stock, f"/oppgaver/{house.task(f'order#{number}').id}", supplier="Data", price="5000")
    house.live()
    inbox = staff.get("/innboks").text
    assert "Bestilling av utstyr" in inbox
    assert "deltaker" not in inbox


def test_a_document_is_open_to_its_roles_and_to_whom_it_was_given_and_to_nobody_else(library: Trade) -> None:
    app = create_app(library.rt)
    receipt = fill_in(enter(app, "librarian"), "/skjema/loan", **SULT)
    library.live()
    run = re.search(r"/kvittering/(\w+)", receipt)
    address = re.search(r"/dokumenter/\w+", enter(app, "librarian").get(run[0] if run else "").text)
    assert address is not None
    assert enter(app, "librarian").get(address[0]).status_code == 200
    assert enter(app, "head").get(address[0]).status_code == 404


@pytest.fixture
def devices(database: Database, tmp_path: Path) -> Trade:
    return in_a_demo(open_trade("inspection", database, tmp_path, "2026-08-31"))


def test_a_record_is_found_by_its_first_field_and_something_is_begun_about_it(devices: Trade) -> None:
    caretaker = enter(create_app(devices.rt), "caretaker")
    assert "Registeret er tomt" in caretaker.get("/register").text
    fill_in(caretaker, "/skjema/new_device", name="Heis", place="Trapp 1", installed_on="2026-08-31")
    page = caretaker.get(re.findall(r'href="(/register)"', caretaker.get("/oppgaver").text)[0]).text
    assert "Heis" in page
    assert "A-2026-0001" in page
    address = re.search(r'href="(/skjema/put_away\?om=device:\w+)"', page)
    assert address is not None
    fill_in(caretaker, address[1])
    assert devices.records()[0]["out_of_use"] == "yes"
    button = re.search(r'href="(/start/repair\?om=device:\w+)"', page)
    assert button is not None
    pressed = caretaker.post(button[1], _nonce=nonce_in(caretaker.get(button[1]).text))
    assert pressed.location == f"/oppgaver/{devices.task('mend').id}"


def test_a_record_that_is_not_there_is_not_found(devices: Trade) -> None:
    caretaker = enter(create_app(devices.rt), "caretaker")
    assert caretaker.get("/skjema/put_away?om=device:nothing").status_code == 404


def test_there_is_no_register_for_whoever_can_begin_nothing_about_it(devices: Trade) -> None:
    inspector = enter(create_app(devices.rt), "inspector")
    assert inspector.get("/register").status_code == 404
    assert "/register" not in inspector.get("/oppgaver").text
