"""«Kjøringer» of a service of another trade: lanes, items and who can get a task, in the words of that service."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms_service.app import create_app
from forms_service.picture.state import FINISH, Standing, State
from forms_service.rehearsal.people import add_person
from forms_service.storage.database import Database
from forms_service.storage.people import PersonRow
from forms_service.web.runs.position import position_of
from tests.integration.desk.visitor import Visitor
from tests.integration.foreign.test_pages import enter, in_a_demo
from tests.integration.foreign.trade import Trade, open_trade

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WISHES = {"wanted": ["laptop", "chair"], "purpose": "Nytt kontor", "cost": 10000, "manager": "manager"}


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Trade:
    trade = in_a_demo(open_trade("approval", database, tmp_path, "2026-03-31"))
    with trade.rt.database.writing() as session:
        add_person(session, "vigdis", "Vigdis")
        session.get_one(PersonRow, "vigdis").role = "admin"
    return trade


@pytest.fixture
def admin(house: Trade) -> Visitor:
    return enter(create_app(house.rt), "vigdis")


@pytest.fixture
def run_id(house: Trade) -> str:
    return house.start("equipment", "staff", **WISHES).run_id


def standings(house: Trade, run_id: str) -> dict[str, Standing]:
    with house.rt.database.reading() as session:
        return position_of(house.rt, session, run_id)


def test_lanes_stand_where_they_stand(house: Trade, run_id: str) -> None:
    house.answer("manager_view", "manager", decision="yes")
    here = standings(house, run_id)
    assert here["manager_view"] == Standing(State.DONE)
    assert here["finance_view"] == Standing(State.HERE)
    assert here["views"] == Standing(State.HERE)
    assert here["approved"] == Standing(State.LATER)
    assert here[FINISH] == Standing(State.LATER)


def test_the_items_of_a_list_are_counted_one_by_one(house: Trade, run_id: str) -> None:
    house.answer("manager_view", "manager", decision="yes")
    house.answer("finance_view", "finance", decision="yes")
    house.answer("order#1", "stock", supplier="Data", price=5000)
    here = standings(house, run_id)
    assert here["orders"].state is State.HERE
    assert here["order"] == Standing(State.HERE, {State.HERE: 1, State.DONE: 1})
    assert here["order_sheet"] == Standing(State.DONE, {State.DONE: 1, State.LATER: 1})
    assert here["turned_down"] == Standing(State.NEVER)


def test_after_the_end_nothing_is_still_to_come(house: Trade, run_id: str) -> None:
    house.answer("manager_view", "manager", decision="no")
    house.answer("finance_view", "finance", decision="yes")
    states = {name: standing.state for name, standing in standings(house, run_id).items()}
    assert states["turned_down"] is State.DONE
    assert states["order"] is State.NEVER
    assert State.LATER not in states.values()


def test_the_page_speaks_the_words_of_the_service_and_tells_no_answer(
    house: Trade, admin: Visitor, run_id: str
) -> None:
    house.answer("manager_view", "manager", decision="yes")
    house.answer("finance_view", "finance", decision="yes")
    page = admin.read(f"/drift/kjoringer/{run_id}")
    assert "Bestill varen (nummer 2)" in page
    assert "Lager" in page
    for answer in ("Nytt kontor", "Bærbar PC", "laptop", "10000"):
        assert answer not in page + admin.read("/drift/kjoringer")


def test_a_task_is_offered_to_those_whom_its_workflow_thinks_of(house: Trade, admin: Visitor, run_id: str) -> None:
    page = admin.read(f"/drift/kjoringer/{run_id}/steg/{house.task('finance_view').id}/gi-videre")
    roles = {value.partition(":")[0] for value in re.findall(r'<option value="([^"]+)"', page)}
    assert roles == {"finance", "deputy"}
    assert "Stedfortreder (den som har rollen)" in page


def test_a_task_of_one_lane_is_handed_over_to_the_deputy(house: Trade, admin: Visitor, run_id: str) -> None:
    address = f"/drift/kjoringer/{run_id}/steg/{house.task('finance_view').id}/gi-videre"
    admin.post(address, holder="deputy:*", reason="Økonomi er på ferie")
    assert ("finance_view", "deputy") in house.tasks()
