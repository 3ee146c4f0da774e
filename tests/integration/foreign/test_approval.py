"""Equipment is approved by two people at the same time, and each chosen thing is ordered for itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from forms_service.errors import MoveRefused
from forms_service.storage.database import Database
from forms_service.storage.people import PersonRow
from tests.integration.foreign.trade import Trade, open_trade

WANTED: dict[str, Any] = {"wanted": ["laptop", "chair"], "purpose": "Nytt kontor", "cost": 10000, "manager": "ada"}
YES, NO = {"decision": "yes", "reason": None}, {"decision": "no", "reason": "For dyrt"}


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Trade:
    return open_trade("approval", database, tmp_path, "2026-03-31")


def test_both_approve_and_everything_is_ordered(house: Trade) -> None:
    house.start("equipment", "staff", **WANTED)
    assert house.tasks() == [("finance_view", "finance"), ("manager_view", "manager")]
    assert house.task("manager_view").person_id == "ada"
    assert house.mail() == [("ada@house.example", "Bestilling B-2026-0001 venter på deg")]
    assert house.due("finance_view") == "2026-04-08 09:00"  # three working days with Easter between them

    house.answer("manager_view", "ada", **YES)
    assert house.tasks() == [("finance_view", "finance")]
    house.answer("finance_view", "finance", **YES)
    assert house.tasks() == [("order#1", "stock"), ("order#2", "stock")]
    house.pass_to("2026-04-04")
    assert house.mail() == [("stock@house.example", "Påminnelse")] * 2
    house.answer("order#2", "stock", supplier="Stoler", price=3000)
    assert house.runs("equipment") == [("active", "", None)]
    house.answer("order#1", "stock", supplier="Data", price=9000)

    assert house.documents() == [
        ("request_sheet", "2026-00001"), ("order_sheet", "2026-00002"), ("order_sheet", "2026-00003")
    ]  # fmt: skip
    assert [(data["item"], data["item_label"], data["order"]["supplier"]) for _, data in house.press.printed[1:]] == [
        ("chair", "Kontorstol", "Stoler"), ("laptop", "Bærbar PC", "Data")
    ]  # fmt: skip
    assert house.records()[0] | {"purpose": ""} == {
        "number": "B-2026-0001", "purpose": "", "requester": "staff", "manager": "ada", "cost": 10000, "ordered": 2,
        "decided": "2026-03-31", "outcome": "approved",
    }  # fmt: skip
    assert house.mail() == [("staff@house.example", "Bestilling B-2026-0001 er avgjort")]
    assert house.inbox("staff") == ["request_sheet"]
    assert house.runs("equipment") == [("ended", "ordered", None)]
    assert house.trouble() == []


def test_one_no_is_enough_but_both_are_heard(house: Trade) -> None:
    house.start("equipment", "staff", **WANTED)
    house.answer("manager_view", "ada", **NO)
    assert house.tasks() == [("finance_view", "finance")]
    house.answer("finance_view", "finance", **YES)
    assert house.runs("equipment") == [("ended", "turned down", None)]
    assert house.records()[0]["outcome"] == "turned down"
    assert house.tasks() == []


def test_the_deputy_gets_the_task_while_finance_is_away_and_again_when_it_is_late(house: Trade) -> None:
    house.go_away("finance", "2026-03-30", "2026-04-01")
    house.start("equipment", "staff", **WANTED)
    assert ("finance_view", "deputy") in house.tasks()
    house.pass_to("2026-04-02")
    house.start("equipment", "staff", **WANTED)
    assert ("finance_view", "finance") in house.tasks()
    house.pass_to("2026-04-11")
    assert ("finance_view", "finance") not in house.tasks()


def test_a_price_above_what_was_approved_is_refused_for_that_thing_alone(house: Trade) -> None:
    house.start("equipment", "staff", **WANTED)
    house.answer("manager_view", "ada", **YES)
    house.answer("finance_view", "finance", **YES)
    with pytest.raises(MoveRefused, match="Prisen er høyere enn det som ble godkjent"):
        house.answer("order#1", "stock", supplier="Data", price=20000)
    house.answer("order#2", "stock", supplier="Stoler", price=3000)
    assert house.tasks() == [("order#1", "stock")]
    assert house.records()[0]["ordered"] == 1


def test_a_manager_who_has_left_stops_the_request_where_everybody_sees_it(house: Trade) -> None:
    with house.rt.database.writing() as session:
        session.execute(update(PersonRow).where(PersonRow.id == "ada").values(active=False))
    house.start("equipment", "staff", **WANTED)
    assert house.trouble() == ["recipient_missing: manager"]
    assert house.tasks() == [("finance_view", "finance")]
