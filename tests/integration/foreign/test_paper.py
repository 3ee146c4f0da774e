"""Forms on paper in a service of another trade: its own words, its own numbers, and each her own answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forms_service.app import create_app
from forms_service.storage.database import Database
from forms_service.storage.register import RecordRow
from forms_service.storage.runs import SubmissionRow
from tests.integration.foreign.test_pages import SULT, enter, fill_in
from tests.integration.foreign.trade import Trade, open_trade

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def library(database: Database, tmp_path: Path) -> Trade:
    trade = open_trade("lending", database, tmp_path, "2026-02-20")
    trade.rt = replace(trade.rt, settings=replace(trade.rt.settings, demo=True))
    return trade


def test_a_form_is_printed_blank_and_read_by_whoever_sent_it(library: Trade) -> None:
    app = create_app(library.rt)
    lise = enter(app, "librarian")
    assert lise.get("/skjema/loan/papir").status_code == 200
    assert library.press.printed[-1][0] == "form_blank"
    receipt = fill_in(lise, "/skjema/loan", **SULT)
    library.live()
    with library.rt.database.reading() as session:
        sent = session.query(SubmissionRow).one().id
        number = session.query(RecordRow).order_by(RecordRow.created_at.desc()).first()
    assert f"/svar/{sent}/pdf" in receipt
    answer = lise.get(f"/svar/{sent}/pdf")
    told = library.press.printed[-1][1]
    assert number is not None
    assert told["about"]["case_number"] == number.number
    assert number.number in answer.headers["Content-Disposition"]
    assert "Ada Eksempel" in str(told["sheet"])
    assert enter(app, "head").get(f"/svar/{sent}/pdf").status_code == 404
