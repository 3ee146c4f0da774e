"""The whole log of who has looked: for those who may see it, on pages and as a file, and its own reading is in it."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import AccessRow, ParticipantRow
from forms_service.storage.people import PersonRow
from tests.integration.casework.town import PEOPLE, Town
from tests.integration.desk.visitor import SignIn


@pytest.fixture
def liv(town: Town) -> ParticipantRow:
    return town.participant(town.active("berit"))


def noted(rt: Runtime, what: str) -> list[str | None]:
    with rt.database.reading() as session:
        return list(session.scalars(select(AccessRow.person_id).where(AccessRow.what == what)))


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - {"solveig"}))
@pytest.mark.parametrize("page", ["innsyn", "innsyn.csv"])
def test_nobody_but_the_coordinator_reads_the_log(
    rt: Runtime, signed_in_as: SignIn, liv: ParticipantRow, who: str, page: str
) -> None:
    assert signed_in_as(who).get(f"/deltakere/{liv.id}/{page}").status_code == 404
    assert noted(rt, "access_log") == noted(rt, "access_log_file") == []


def test_it_says_who_as_what_at_what_when_and_why(signed_in_as: SignIn, liv: ParticipantRow) -> None:
    signed_in_as("nora").read(f"/deltakere/{liv.id}")
    page = " ".join(signed_in_as("solveig").read(f"/deltakere/{liv.id}/innsyn").split())
    for words in ("Nora", "Fagkonsulent, Nord", "Deltakerens side", "Kontorets deltaker", "15. januar 2026 kl. 10:00"):
        assert words in page


def test_reading_the_log_and_taking_it_along_are_in_the_log(
    rt: Runtime, signed_in_as: SignIn, liv: ParticipantRow
) -> None:
    solveig = signed_in_as("solveig")
    solveig.read(f"/deltakere/{liv.id}/innsyn")
    solveig.read(f"/deltakere/{liv.id}/innsyn.csv")
    assert (noted(rt, "access_log"), noted(rt, "access_log_file")) == (["solveig"], ["solveig"])
    assert "Innsynsloggen som fil" in solveig.read(f"/deltakere/{liv.id}/innsyn")


def test_the_file_opens_as_a_spreadsheet_and_runs_nothing(
    signed_in_as: SignIn, town: Town, liv: ParticipantRow
) -> None:
    town.change(PersonRow, "nora", name="=cmd|' /C calc'!A0")
    signed_in_as("nora").read(f"/deltakere/{liv.id}")
    answer = signed_in_as("solveig").get(f"/deltakere/{liv.id}/innsyn.csv")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=innsyn-{liv.case_number}.csv"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["Når", "Hvem", "Rolle", "Kontor", "Hva", "Nummer på det som ble sett", "Hvorfor", "Segl"]
    assert lines[1][:5] == [
        "2026-01-15T10:00:00+01:00",
        "'=cmd|' /C calc'!A0",
        "fagkonsulent",
        "Nord",
        "Deltakerens side",
    ]


def test_a_long_log_comes_in_pages(rt: Runtime, signed_in_as: SignIn, liv: ParticipantRow) -> None:
    solveig = signed_in_as("solveig")
    for _ in range(26):
        solveig.read(f"/deltakere/{liv.id}")
    assert "?side=2" in solveig.read(f"/deltakere/{liv.id}/innsyn")
    assert solveig.get(f"/deltakere/{liv.id}/innsyn?side=2").status_code == 200
    assert solveig.get(f"/deltakere/{liv.id}/innsyn?side=9").status_code == 404


def test_a_participant_who_is_not_there_has_no_log(signed_in_as: SignIn) -> None:
    assert signed_in_as("solveig").get("/deltakere/nobody/innsyn").status_code == 404
