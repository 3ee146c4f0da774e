"""The coordinator's week, and the pack for whoever stands in for her."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import AccessRow, ContactRow, MatchRow, ReleaseRow
from forms_service.storage.runs import StepRow
from forms_service.web.week.pack import pack_of
from forms_service.web.week.span import Span
from tests.integration.casework.town import NOW, TODAY, Town, viewer
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn


def looks(rt: Runtime, what: str) -> list[tuple[str, str]]:
    with rt.database.reading() as session:
        found = select(AccessRow.person_id, AccessRow.participant_id).where(AccessRow.what == what)
        return [(person or "", participant) for person, participant in session.execute(found)]


def contact(town: Town, match: MatchRow, days_ago: int, **more: object) -> None:
    with town.database.writing() as session:
        row = ContactRow(match_id=match.id, on=TODAY - timedelta(days=days_ago), kind="phone", recorded_at=NOW)
        for name, value in more.items():
            setattr(row, name, value)
        session.add(row)


@pytest.fixture
def match(town: Town) -> MatchRow:
    """Begun forty days ago."""
    found = town.match(town.active("berit"))
    town.change(MatchRow, found.id, started_on=TODAY - timedelta(days=40))
    return found


@pytest.mark.parametrize(("days", "is_silent"), [(13, False), (14, True), (30, True)])
def test_a_match_without_contact_for_two_weeks_is_shown(
    rt: Runtime, signed_in_as: SignIn, town: Town, match: MatchRow, days: int, is_silent: bool
) -> None:
    contact(town, match, days)
    page = signed_in_as("solveig").read("/uken/uten-kontakt")
    assert ("Liv Strand" in page) is is_silent
    assert bool(looks(rt, "week")) is is_silent


def test_a_match_that_nobody_has_written_anything_about_counts_from_its_first_day(
    signed_in_as: SignIn, match: MatchRow
) -> None:
    assert "Sist <time datetime=" in signed_in_as("solveig").read("/uken/uten-kontakt")


def test_whoever_waits_without_any_event_is_shown(signed_in_as: SignIn, office: Office) -> None:
    office.send_request()
    office.pass_days(27)
    assert "Liv Strand" not in signed_in_as("solveig").read("/uken/uten-hendelser")
    office.pass_days(2)
    assert "Liv Strand" in signed_in_as("solveig").read("/uken/uten-hendelser")


def test_peers_of_whom_no_talk_is_written_down_this_week_are_the_weeks_round(
    signed_in_as: SignIn, match: MatchRow
) -> None:
    page = signed_in_as("solveig").read("/uken/likemenn")
    assert "Berit" in page
    assert "Ingen samtale ført ennå" in page
    assert "Gunn" not in page, "she walks beside nobody"


def test_who_has_too_much_is_shown(signed_in_as: SignIn, town: Town, match: MatchRow) -> None:
    solveig = signed_in_as("solveig")
    assert "Berit" not in solveig.read("/uken/over-timene")
    town.change(MatchRow, match.id, hours_per_week=9.0)
    assert "1,5 timer over i uken" in solveig.read("/uken/over-timene")
    contact(town, match, 3, too_much=True)
    assert "Berit" in solveig.read("/uken/for-mye")


def test_a_colleague_with_three_late_tasks_is_shown(signed_in_as: SignIn, office: Office, town: Town) -> None:
    for number in range(3):
        office.send_request(participant_name=f"Person {number}")
        town.change(StepRow, office.task("first_conversation").id, role="caseworker", person_id="nora")
        office.clock.move(timedelta(minutes=1))
    assert "Nora" not in signed_in_as("solveig").read("/uken/mye-over-fristen")
    office.clock.move(timedelta(days=25))
    page = signed_in_as("solveig").read("/uken/mye-over-fristen")
    assert "Nora" in page
    assert "3 oppgaver" in page
    assert signed_in_as("solveig").read("/uken/staar-stille").count("row-link") == 3


def test_what_comes_this_week_and_next_is_shown(signed_in_as: SignIn, office: Office, town: Town) -> None:
    office.send_request()
    solveig = signed_in_as("solveig")
    assert "Førstesamtale" in solveig.read("/uken/frister")
    town.change(StepRow, office.task("first_conversation").id, late_at=NOW + timedelta(days=15))
    assert "Førstesamtale" not in solveig.read("/uken/frister")


def test_an_evaluation_that_begins_and_a_release_that_runs_out_are_shown(
    signed_in_as: SignIn, office: Office, town: Town
) -> None:
    office.match()
    solveig = signed_in_as("solveig")
    assert "row-link" not in solveig.read("/uken/evalueringer")
    with town.database.writing() as session:
        given = ReleaseRow(participant_id=office.participant().id, content="evaluation", recipient="primary_contact")
        given.given_at, given.until = NOW, TODAY + timedelta(days=3)
        session.add(given)
    assert "Halvårsevalueringen til primærkontakt" in solveig.read("/uken/samtykker")
    office.pass_days(180)
    page = signed_in_as("solveig").read("/uken/evalueringer")
    assert page.count("row-link") == 1, "the monthly report's round is none"
    assert "20. juli 2026" in page


def test_a_pause_is_shown_as_long_as_it_lasts(signed_in_as: SignIn, town: Town, match: MatchRow) -> None:
    town.change(MatchRow, match.id, status="paused")
    assert "Liv Strand" in signed_in_as("solveig").read("/uken/pauser")


@pytest.mark.parametrize("who", ["nora", "berit", "pia", "trond", "astrid"])
def test_the_week_is_the_coordinators_alone(signed_in_as: SignIn, who: str) -> None:
    visitor = signed_in_as(who)
    for address in ("/uken", "/uken/uten-kontakt", "/uken/vikarpakke.pdf"):
        assert visitor.get(address).status_code == 404
    assert 'href="/uken"' not in visitor.read("/konto")


def test_everybody_named_on_the_page_is_a_look(rt: Runtime, signed_in_as: SignIn, town: Town, match: MatchRow) -> None:
    page = signed_in_as("solveig").read("/uken")
    assert "Liv Strand" in page
    assert looks(rt, "week") == [("solveig", match.participant_id)]


def test_a_list_is_cut_short_and_leads_to_the_whole(signed_in_as: SignIn, office: Office) -> None:
    for number in range(6):
        office.send_request(participant_name=f"Person {number}")
    solveig = signed_in_as("solveig")
    assert 'href="/uken/frister"' in solveig.read("/uken")
    assert solveig.read("/uken/frister").count("row-link") == 6
    assert solveig.get("/uken/tull").status_code == 404


def test_a_week_asks_no_more_of_the_database_when_there_is_more_in_it(
    rt: Runtime, signed_in_as: SignIn, office: Office
) -> None:
    solveig = signed_in_as("solveig")
    asked: list[str] = []
    event.listen(rt.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for number in (1, 1, 8):
        for _ in range(number):
            office.send_request()
        office.clock.move(timedelta(days=30))
        asked.clear()
        solveig.read("/uken")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_the_pack_is_a_pdf_and_everybody_in_it_was_taken_along(
    rt: Runtime, signed_in_as: SignIn, office: Office
) -> None:
    office.match()
    answer = signed_in_as("solveig").get("/uken/vikarpakke.pdf?uker=4")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert looks(rt, "handover_pack") == [("solveig", office.participant().id)]


def test_the_pack_holds_what_a_stand_in_needs_and_nothing_told_in_confidence(
    rt: Runtime, app: Flask, office: Office
) -> None:
    office.match()
    with app.app_context(), rt.database.reading() as session:
        data, participants = pack_of(rt, session, viewer("solveig"), Span(rt.day(rt.clock.now()), rt.zone, 14, 4))
    told = str(data)
    assert participants == [office.participant().id]
    for word in ("2026-0001", "Berit", "Nora", "Nord", "Halvårsevaluering", "Pause"):
        assert word in told
    for word in ("Liv Strand", "99999999", "liv@example.org", "HEMMELIG", "marka", "Trene to ganger"):
        assert word not in told
