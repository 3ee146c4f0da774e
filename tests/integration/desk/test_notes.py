"""Notes: written at any time, read by whoever wrote them and by the coordinators, never by the office."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.errors import FormsServiceError
from forms_service.storage.cases import NoteRow
from forms_service.storage.papers import DocumentRow
from tests.integration.casework.town import CLOSING, Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn, Visitor

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def write(visitor: Visitor, address: str, text: str) -> None:
    """The form as the page gives it, sent twice, as an impatient finger does."""
    fields = dict(HIDDEN.findall(visitor.read(address)))
    fields.pop("csrf_token", None)
    sent = [visitor.post(address, internal_note=text, _do="send", **fields).status_code for _ in range(2)]
    assert set(sent) <= {302, 303}, sent


def notes(town: Town) -> list[NoteRow]:
    with town.database.reading() as session:
        return list(session.scalars(select(NoteRow).order_by(NoteRow.written_at)))


@pytest.fixture
def match(office: Office) -> Subject:
    return Subject("match", office.match().id)


def test_a_note_is_written_once_and_stands_on_the_line(
    signed_in_as: SignIn, office: Office, town: Town, match: Subject
) -> None:
    solveig, liv = signed_in_as("solveig"), office.participant()
    write(solveig, f"/skjema/note?om=participant:{liv.id}", "Vil ringes på formiddagen")
    office.work()
    (row,) = notes(town)
    assert (row.text, row.written_by, row.match_id) == ("Vil ringes på formiddagen", "solveig", None)
    for address in (f"/deltakere/{liv.id}", f"/deltakere/{liv.id}?vis=notater"):
        assert "Vil ringes på formiddagen" in solveig.read(address)


def test_a_peer_writes_about_her_own_match_and_reads_her_own(
    signed_in_as: SignIn, office: Office, town: Town, match: Subject
) -> None:
    liv, berit = office.participant(), signed_in_as("berit")
    write(berit, f"/skjema/peer_note?om=match:{match.id}", "NOTAT AV BERIT")
    office.work()
    town.move("keep_note", Subject("participant", liv.id), {"internal_note": "NOTAT AV SOLVEIG"}, by="solveig")
    address = f"/deltakere/{liv.id}"
    assert "NOTAT AV BERIT" in berit.read(address)
    assert "NOTAT AV SOLVEIG" not in berit.read(address)
    solveig = signed_in_as("solveig").read(address)
    assert all(f"NOTAT AV {who}" in solveig for who in ("BERIT", "SOLVEIG"))


@pytest.mark.parametrize("who", ["nora", "nils"])
def test_the_municipality_reads_no_note(signed_in_as: SignIn, town: Town, who: str) -> None:
    match = town.active("berit")
    for by in ("berit", "solveig"):
        town.move("keep_note", match, {"internal_note": "HEMMELIG notat"}, by=by)
    visitor, liv = signed_in_as(who), town.participant(match)
    for address in (f"/deltakere/{liv.id}", f"/deltakere/{liv.id}?vis=notater"):
        page = visitor.read(address)
        assert "HEMMELIG" not in page
        assert "Notat" not in page
    assert visitor.get(f"/skjema/note?om=participant:{liv.id}").status_code == 404


def test_a_new_peer_reads_nothing_of_the_one_before_her_and_nor_does_one_who_comes_back(
    signed_in_as: SignIn, town: Town
) -> None:
    first = town.active("berit")
    town.move("keep_note", first, {"internal_note": "NOTAT AV BERIT"}, by="berit")
    town.closed(first)
    liv, town.now = town.participant(first), CLOSING + timedelta(days=1)
    assert signed_in_as("berit").get(f"/deltakere/{liv.id}").status_code == 404, "an ended match ends access at once"
    again = town.propose(town.move("join_waiting_list", Subject("participant", liv.id)), "gunn")
    assert "NOTAT" not in signed_in_as("gunn").read(f"/deltakere/{liv.id}")
    waiting = town.move("withdraw_match", again)
    town.propose(waiting, "berit")
    assert "NOTAT" not in signed_in_as("berit").read(f"/deltakere/{liv.id}"), "what she wrote then was of that match"


@pytest.mark.parametrize(("peer", "by"), [("berit", "gunn"), ("gunn", "berit")])
def test_a_peer_writes_about_nobody_elses_match(town: Town, peer: str, by: str) -> None:
    match = town.active(peer)
    for subject in (match, Subject("participant", town.participant(match).id)):
        with pytest.raises(FormsServiceError):
            town.move("keep_note", subject, {"internal_note": "x"}, by=by)
    assert notes(town) == []


def test_a_note_is_struck_by_whoever_wrote_it_and_can_still_be_read(signed_in_as: SignIn, town: Town) -> None:
    match = town.active("berit")
    town.move("keep_note", match, {"internal_note": "Feil dag"}, by="berit")
    (row,), address = notes(town), f"/deltakere/{town.participant(match).id}"
    solveig, berit = signed_in_as("solveig"), signed_in_as("berit")
    assert "Stryk" not in solveig.read(address)
    assert solveig.post(f"{address}/notater", note=row.id).status_code == 404
    for _ in range(2):
        assert berit.post(f"{address}/notater", note=row.id).status_code == 302
    for visitor in (solveig, berit):
        assert "<del>Feil dag</del>" in visitor.read(address)
    assert berit.post(f"{address}/notater").status_code == 400
    assert notes(town)[0].text == "Feil dag"


@pytest.mark.parametrize("who", ["nora", "gunn", "siri", "astrid", "trond"])
def test_nobody_else_strikes_anything(signed_in_as: SignIn, town: Town, who: str) -> None:
    match = town.active("berit")
    town.move("keep_note", match, {"internal_note": "x"}, by="berit")
    (row,) = notes(town)
    answer = signed_in_as(who).post(f"/deltakere/{town.participant(match).id}/notater", note=row.id)
    assert answer.status_code == 404
    assert notes(town)[0].struck_at is None


def test_a_note_about_one_is_not_struck_by_the_address_of_another(signed_in_as: SignIn, town: Town) -> None:
    liv, other = town.waiting(), town.waiting(participant_name="Aud Berg")
    town.move("keep_note", liv, {"internal_note": "x"}, by="solveig")
    (row,) = notes(town)
    answer = signed_in_as("solveig").post(f"/deltakere/{other.id}/notater", note=row.id)
    assert answer.status_code == 404


def test_a_note_is_kept_after_a_death_too(rt: Runtime, signed_in_as: SignIn, office: Office, town: Town) -> None:
    match = town.closed(town.active("berit"), reason="died")
    liv = town.participant(match)
    write(signed_in_as("solveig"), f"/skjema/note?om=participant:{liv.id}", "Snakket med søsteren")
    office.work()
    assert [row.text for row in notes(town)] == ["Snakket med søsteren"]


def test_no_document_knows_of_a_note(town: Town, rt: Runtime) -> None:
    match = town.active("berit")
    town.move("keep_note", match, {"internal_note": "HEMMELIG notat"}, by="berit")
    assert "HEMMELIG" not in str(town.facts(match))
    with town.database.reading() as session:
        assert session.scalars(select(DocumentRow)).all() == []
