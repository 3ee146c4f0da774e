"""A form with a group of questions, from the page without script to the paper: rows come and go and nothing is lost."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from forms_service.app import create_app
from forms_service.forms.context import Context
from forms_service.forms.paper.blank import blank_sheet
from forms_service.storage.database import Database
from forms_service.storage.drafts import DraftRow
from forms_service.storage.runs import SubmissionRow
from tests.integration.desk.visitor import Visitor
from tests.integration.foreign.test_pages import enter
from tests.integration.foreign.trade import Trade, open_trade

FORM = "/skjema/signup"
OLA = {"children-0": "", "children-0-name": "Ola", "children-0-born": "2018-05-01", "children-0-swims": "no"}
KARI = {"children-1": "", "children-1-name": "Kari", "children-1-born": "2019-02-03", "children-1-swims": "yes"}
PHONE = {"phone": "41234567"}


@pytest.fixture
def camp(database: Database, tmp_path: Path) -> Trade:
    trade = open_trade("camp", database, tmp_path, "2026-02-20")
    trade.rt = replace(trade.rt, settings=replace(trade.rt.settings, demo=True))
    return trade


@pytest.fixture
def app(camp: Trade) -> Flask:
    return create_app(camp.rt)


@pytest.fixture
def anne(app: Flask) -> Visitor:
    return enter(app, "guardian")


def hidden_in(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(_[a-z]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def press(anne: Visitor, page: str, /, **typed: str) -> str:
    """One of the form's buttons; what comes back."""
    return anne.post(FORM, **{**hidden_in(page), "_seen": "children together phone letter note", **typed}).text


def rows_in(page: str) -> list[str]:
    """The names in the rows, without the pattern that the script copies."""
    return re.findall(r'name="children-\d+-name" type="text" value="([^"]*)"', page)


def test_rows_come_and_go_without_script_and_nothing_is_checked_or_lost(anne: Visitor) -> None:
    page = anne.get(FORM).text
    assert rows_in(page) == [""]
    page = press(anne, page, **OLA, _add="children")
    assert rows_in(page) == ["Ola", ""]
    assert "autofocus" in page.partition('id="svar-children-1"')[2].partition(">")[0]
    page = press(anne, page, **OLA, **KARI, _add="children")
    assert rows_in(page) == ["Ola", "Kari", ""]
    assert "rette opp" not in page
    page = press(anne, page, **OLA, **KARI, _clear="children-0")
    assert rows_in(page) == ["Kari"]
    assert "Kan barnet svømme?" in page


def test_rows_are_kept_as_they_were_typed_also_wrong_and_empty(anne: Visitor, camp: Trade) -> None:
    wrong = {**KARI, "children-1-born": "i fjor", "children-2": "", "children-2-name": ""}
    press(
        anne, anne.get(FORM).text, **OLA, **wrong, _do="draft", **{"children-9999999-name": "x", "children-0-age": "4"}
    )
    page = anne.get(FORM).text
    assert rows_in(page) == ["Ola", "Kari", ""]
    assert 'value="i fjor"' in page
    with camp.rt.database.reading() as session:
        typed = json.dumps(session.query(DraftRow).one().typed)
    assert "9999999" not in typed
    assert "age" not in typed


def test_what_is_wrong_leads_to_its_row(anne: Visitor) -> None:
    page = press(anne, anne.get(FORM).text, **OLA, **{**KARI, "children-1-name": ""}, **PHONE)
    assert '<a class="ds-link" href="#svar-children-1-name">Barn 2: Skriv hva barnet heter</a>' in page
    assert 'id="svar-children-1-name-feil">Skriv hva barnet heter<' in page
    six = {f"children-{n}-{name}": OLA[f"children-0-{name}"] for n in range(6) for name in ("name", "born", "swims")}
    assert "Flere enn fem barn: ring oss" in press(anne, page, **six, **PHONE)


def test_rows_are_stored_read_and_gone_through_and_told_on_paper(anne: Visitor, camp: Trade, app: Flask) -> None:
    press(anne, anne.get(FORM).text, **OLA, **KARI, **PHONE, together="yes", **{"children-5": ""})
    with camp.rt.database.reading() as session:
        sent = session.query(SubmissionRow).one()
    assert [row["name"] for row in sent.answers["children"]] == ["Ola", "Kari"]
    assert sent.answers["together"] == "yes"
    camp.live()
    assert camp.press.printed[-1][1]["children"][0] == {
        "name": "Ola",
        "born": "2018-05-01",
        "food": None,
        "food_label": None,
    }
    assert camp.tasks() == [("swimming#1", "leader")]
    assert "Finn en plass på svømmekurset: Barn 1" in enter(app, "leader").get("/oppgaver").text
    camp.answer("swimming#1", "leader", tent="Basseng")
    camp.answer("place#1", "leader", tent="Blått")
    assert camp.tasks() == [("place#2", "leader")]

    assert anne.get(f"/svar/{sent.id}/pdf").status_code == 200
    told = str(camp.press.printed[-1][1]["sheet"])
    assert told.index("Barn 1") < told.index("Ola") < told.index("Barn 2") < told.index("Kari")
    fhir = json.loads(anne.get(f"/svar/{sent.id}/fhir").text)
    first, second = (item for item in fhir["item"][0]["item"] if item["linkId"] == "children")
    assert first["item"][0] == {
        "linkId": "children.name",
        "text": "Hva heter barnet?",
        "answer": [{"valueString": "Ola"}],
    }
    assert second["item"][2]["answer"] == [{"valueBoolean": True}]


def test_the_paper_has_some_rows_to_write_in(camp: Trade) -> None:
    form = camp.rt.library.current().forms["signup"]
    sheet = str(blank_sheet(form, Context()))
    assert all(f"Barn {number}" in sheet for number in (1, 2, 3))
    assert "Barn 4" not in sheet


def test_a_second_press_is_the_same_and_other_rows_are_something_else(anne: Visitor, camp: Trade) -> None:
    page = anne.get(FORM).text
    for _ in range(2):
        press(anne, page, **OLA, **PHONE)
    with camp.rt.database.reading() as session:
        assert session.query(SubmissionRow).count() == 1
    assert "med andre svar" in press(anne, page, **OLA, **KARI, **PHONE)


@pytest.mark.parametrize("number", ["-1", "999999999", "0x1", "٣", "1.5", "", "0-0"])
def test_rows_that_no_page_of_ours_has_are_no_rows(anne: Visitor, number: str) -> None:
    answer = anne.post(
        FORM, **{**hidden_in(anne.get(FORM).text), f"children-{number}-name": "x", "_add": f"x-{number}"}
    )
    assert answer.status_code == 200
    assert rows_in(answer.text) == [""]
