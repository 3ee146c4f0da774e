"""Books are lent, borrowers reminded: a folder of YAML runs on the engine without a line of Python of its own."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path

import pytest

from forms_service.engine.links import open_link
from forms_service.errors import MoveRefused
from forms_service.storage.database import Database
from tests.integration.foreign.trade import Trade, open_trade

SULT = {"book": "Sult", "name": "Ada Eksempel", "email": "ada@laaner.example"}


@pytest.fixture
def library(database: Database, tmp_path: Path) -> Trade:
    return open_trade("lending", database, tmp_path, "2026-02-20")


def test_a_loan_from_the_desk_to_the_shelf(library: Trade) -> None:
    library.start("loan", "librarian", **SULT)
    assert library.mail() == [("ada@laaner.example", "Lån L-2026-0001")]
    assert library.documents() == [("loan_slip", "2026-00001")]
    assert library.press.printed[0][1]["loan"] == {
        "book": "Sult", "borrower": "Ada Eksempel", "lent": "2026-02-20", "due": "2026-03-20"
    }  # fmt: skip
    assert library.tasks() == []

    library.pass_to("2026-03-17")
    assert library.tasks() == [("wish", "borrower")]
    assert library.mail() == [("ada@laaner.example", "Lån L-2026-0001 går snart ut")]
    library.pass_to("2026-03-19")
    assert library.mail() == [("ada@laaner.example", "Påminnelse")]
    library.answer("wish", extend="yes")
    assert library.records()[0]["due"] == "2026-04-03"

    library.pass_to("2026-04-03")
    assert library.tasks() == [("back", "librarian")]
    library.pass_to("2026-04-09", library.clock.now().time())
    assert library.mail() == [("librarian@house.example", "Påminnelse")]  # Easter is no working time
    library.pass_to("2026-04-10")
    assert library.mail() == [("ada@laaner.example", "Lån L-2026-0001 skulle vært levert")]
    library.pass_to("2026-04-17")
    library.answer("back", "librarian", returned_on="2026-04-16", damage="Eselører")
    assert library.mail()[-1] == ("ada@laaner.example", "Lån L-2026-0001 er levert")
    assert library.records() == [
        {
            "number": "L-2026-0001", "book": "Sult", "borrower": "Ada Eksempel", "email": "ada@laaner.example",
            "lent": "2026-02-20", "due": "2026-04-03", "returned": "2026-04-16", "extended": "yes",
        }
    ]  # fmt: skip
    assert library.runs("loan") == [("ended", "returned", None)]
    assert library.trouble() == []


def test_somebody_without_an_account_answers_by_the_link_of_the_invitation_and_of_the_reminder(library: Trade) -> None:
    library.start("loan", "librarian", **SULT)
    library.pass_to("2026-03-19")
    invitation, reminder = (envelope.body for envelope in library.post.sent[-2:])
    tokens = [re.search(r"/l/(\S+)", body) for body in (invitation, reminder)]
    with library.rt.database.reading() as session:
        found = [open_link(library.rt, session, token[1]).step_id for token in tokens if token]
    assert found == [library.task("wish").id] * 2


def test_a_borrower_who_does_not_answer_is_helped_by_a_librarian(library: Trade) -> None:
    library.start("loan", "librarian", **SULT)
    library.pass_to("2026-03-21")
    assert library.tasks() == [("wish", "librarian")]


def test_a_refused_move_is_told_in_the_words_of_the_folder_and_nothing_has_happened(library: Trade) -> None:
    library.start("loan", "librarian", **SULT)
    library.pass_to("2026-03-18")
    library.answer("wish", extend="no")
    with pytest.raises(MoveRefused, match="Boka kan ikke være levert før den ble lånt ut"):
        library.answer("back", "librarian", returned_on="2026-02-01", damage=None)
    assert library.tasks() == [("back", "librarian")]
    assert library.records()[0].get("returned") is None
    library.answer("back", "librarian", returned_on="2026-03-18", damage=None)
    assert library.runs("loan") == [("ended", "returned", None)]


def test_loans_are_numbered_by_the_year_in_which_they_begin_where_the_library_is(library: Trade) -> None:
    library.start("loan", "librarian", **SULT)
    library.start("loan", "librarian", **{**SULT, "book": "Pan"})
    library.clock.instant = library.clock.instant.replace(month=12, day=31, hour=23, minute=30, tzinfo=UTC)
    library.start("loan", "librarian", **{**SULT, "book": "Victoria"})
    assert [record["number"] for record in library.records()] == ["L-2026-0001", "L-2026-0002", "L-2027-0001"]
