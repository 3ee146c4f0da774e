"""Devices are inspected every year, by themselves, except while they are out of use."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.storage.database import Database
from tests.integration.foreign.trade import Trade, open_trade

LIFT = {"name": "Heis", "place": "Trapp 1", "installed_on": "2026-08-31"}
SAFE, UNSAFE = {"safe": "yes", "findings": "Ingenting"}, {"safe": "no", "findings": "Sprekk i ruta"}
WHY = {"reason": None}


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Trade:
    house = open_trade("inspection", database, tmp_path, "2026-08-31")
    house.start("new_device", "caretaker", **LIFT)
    return house


def begin_inspection(house: Trade) -> None:
    house.pass_to("2027-08-30")
    assert house.tasks() == []
    house.pass_to("2027-08-31")


def test_the_first_inspection_begins_by_itself_a_year_after_the_installation(house: Trade) -> None:
    begin_inspection(house)
    assert house.tasks() == [("look", "inspector")]
    assert house.due("look") == "2027-09-21 09:00"
    house.answer("look", "inspector", **SAFE)
    assert house.records() == [
        {
            "number": "A-2026-0001", "name": "Heis", "place": "Trapp 1", "installed": "2026-08-31",
            "out_of_use": "no", "faults": 0, "inspected": "2027-08-31",
        }
    ]  # fmt: skip
    assert house.documents() == [("inspection_report", "2027-00001")]
    assert house.inbox("manager") == ["inspection_report"]
    assert house.mail() == [("manager@house.example", "A-2026-0001 er kontrollert")]


def test_it_comes_back_every_year_on_the_same_day(house: Trade) -> None:
    begin_inspection(house)
    for year in (2027, 2028, 2029):
        house.pass_to(f"{year}-08-31")
        house.answer("look", "inspector", **SAFE)
    assert house.runs("inspection") == [
        ("active", "", None), ("ended", "inspected", 0), ("ended", "inspected", 1), ("ended", "inspected", 2)
    ]  # fmt: skip
    assert [name for name, _ in house.documents()] == ["inspection_report"] * 3
    assert house.trouble() == []


def test_a_fault_is_repaired_before_the_inspection_goes_on(house: Trade) -> None:
    begin_inspection(house)
    house.answer("look", "inspector", **UNSAFE)
    assert house.tasks() == [("mend", "caretaker")]
    assert house.documents() == []
    house.answer("mend", "caretaker", work="Ny rute")
    assert house.documents() == [("inspection_report", "2027-00001")]
    assert house.press.printed[0][1]["device"]["faults"] == 1
    assert house.runs("repair") == [("ended", "mended", None)]


def test_while_a_device_is_out_of_use_nobody_is_reminded_and_the_time_left_is_kept(house: Trade) -> None:
    begin_inspection(house)
    house.pass_to("2027-09-05")
    device = house.subject("device")
    house.start("put_away", "caretaker", device, **WHY)
    assert [status for status, _, _ in house.runs("inspection")] == ["paused", "paused"]
    house.pass_to("2027-11-05")
    assert house.mail() == []
    house.start("take_back", "caretaker", device, **WHY)
    assert house.due("look") == "2027-11-21 09:00"
    house.pass_to("2027-11-07")
    assert house.mail() == [("inspector@house.example", "Påminnelse")]
    house.pass_to("2027-11-21", house.clock.now().time())
    assert house.mail()[-1] == ("manager@house.example", "Kontroll av A-2026-0001 er forsinket")
    house.answer("look", "inspector", **SAFE)
    house.pass_to("2028-10-30")
    assert house.tasks() == []
    house.pass_to("2028-10-31")
    assert house.tasks() == [("look", "inspector")]


def test_a_device_that_is_scrapped_is_not_inspected_any_more(house: Trade) -> None:
    begin_inspection(house)
    house.start("scrap", "caretaker", house.subject("device"), **WHY)
    assert house.tasks() == []
    house.pass_to("2030-01-01")
    assert house.runs("inspection") == [("cancelled", "overtaken", None), ("cancelled", "overtaken", 0)]
    assert house.trouble() == []


def test_each_device_has_its_own_years(house: Trade) -> None:
    house.pass_to("2027-01-15")
    house.start("new_device", "caretaker", **{**LIFT, "name": "Truck", "installed_on": "2027-01-15"})
    begin_inspection(house)
    assert house.tasks() == [("look", "inspector")]
    house.answer("look", "inspector", **SAFE)
    house.pass_to("2028-01-15")
    house.answer("look", "inspector", **SAFE)
    assert [record["inspected"] for record in house.records()] == ["2027-08-31", "2028-01-15"]
