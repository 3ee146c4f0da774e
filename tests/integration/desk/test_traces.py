"""What is refused leaves one line without a name in it, and one in the access log of whoever was asked for."""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy import select

from forms_service.storage.cases import AccessRow
from tests.integration.casework.town import Town
from tests.integration.desk.visitor import SignIn, Visitor


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == "forms_service.refused"]


def test_the_line_and_the_page_carry_the_same_number_and_nobody_is_named(
    signed_in_as: SignIn, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    liv, siri = town.participant(town.waiting()), signed_in_as("siri")
    caplog.clear()  # signing in has lines of its own, where the process listens for them
    with caplog.at_level(logging.INFO):
        page = siri.get(f"/deltakere/{liv.id}").text
    number = re.search(r'Referanse: <span class="number">([0-9A-F]{8})</span>', page)
    assert number is not None
    assert lines(caplog) == [f"refused uncalled_for at participants.one as caseworker, reference {number[1]}"]
    assert liv.id not in caplog.text
    assert "siri" not in caplog.text.casefold()


def test_whoever_is_refused_stands_in_the_participants_access_log(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    signed_in_as("siri").get(f"/deltakere/{liv.id}/innsyn")
    with town.database.reading() as db:
        rows = [(row.person_id, row.what, row.participant_id) for row in db.scalars(select(AccessRow))]
    assert rows == [("siri", "refused", liv.id)]
    assert "Ble avvist og fikk ikke se noe" in signed_in_as("solveig").read(f"/deltakere/{liv.id}/innsyn")


def test_a_page_that_was_never_there_is_no_look_at_anybody(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    signed_in_as("siri").get("/deltakere/finnes-ikke")
    signed_in_as("solveig").get(f"/deltakere/{liv.id}?side=99")
    with town.database.reading() as db:
        assert "refused" not in [row.what for row in db.scalars(select(AccessRow))]


def test_a_copy_of_a_cookie_opens_nothing_after_signing_out(
    signed_in_as: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    nora, thief = signed_in_as("nora"), signed_in_as("nora")
    cookie = nora.client.get_cookie("session")
    assert cookie is not None
    nora.post("/ut")
    thief_of_it = Visitor(nora.client.application.test_client())
    thief_of_it.client.set_cookie("session", cookie.value)
    with caplog.at_level(logging.INFO):
        assert thief_of_it.get("/oppgaver").location == "/inn?neste=/oppgaver"
    assert "refused unknown_session at desk.tasks as nobody" in caplog.text
    assert thief.get("/oppgaver").status_code == 200, "her other session goes on"
