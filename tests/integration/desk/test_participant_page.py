"""One participant on one page: facts, what comes, what has been, and what may go to whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from forms_service.domain.people import ParticipantStatus
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.storage.cases import ContactRow, ParticipantRow, ReleaseRow
from forms_service.storage.runs import RunRow
from tests.integration.casework.town import AGREED, CLOSING, NOW, Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn


def words(page: str) -> str:
    """A page as it is read aloud."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_coordinator_reads_the_whole_way_on_one_line_of_time(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    page = words(signed_in_as("solveig").read(f"/deltakere/{office.participant().id}"))
    line = page[page.index("Tidslinje") :]
    told = [
        "Koblet med Berit",
        "Avtale om likemann",
        "Lagt i innboksen til Nora, ikke lest ennå",
        "Koblingsmøte Gjort av Solveig",
        "Deltakeren er på ventelisten",
        "E-post til Nora",
        "Samtykke gitt: avtalen kan gå til primærkontakt",
        "Forespørselen kom , sendt av Nora",
    ]
    assert [each for each in told if each not in line] == []
    assert line.index("Koblingsmøte Gjort av Solveig") < line.index("Forespørselen kom ,"), "the newest first"


def test_what_comes_next_stands_first(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    page = words(signed_in_as("solveig").read(f"/deltakere/{office.participant().id}"))
    ahead = page[page.index("Det neste som skjer") : page.index("Tidslinje")]
    assert "Halvårsevaluering Kommer av seg selv" in ahead
    assert "20. juli 2026" in ahead


def test_a_caseworker_reads_the_milestones_and_her_documents(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    page = words(signed_in_as("nora").read(f"/deltakere/{office.participant().id}"))
    assert "Koblet med Berit" in page
    assert "Avtale om likemann" in page
    assert "E-post til" not in page
    assert "Koblingsmøte" not in page
    assert "Samtykke" not in page
    assert "Lagt i innboksen" not in page, "who has read what is for the coordinator"


def test_goals_and_contacts_of_the_match_are_counted(signed_in_as: SignIn, office: Office, town: Town) -> None:
    match = office.match()
    for kind in ("phone", "phone", "activity"):
        contact = {"on": "2026-01-22", "kind": kind, "internal_note": None}
        town.move("log_contact", Subject("match", match.id), contact, by="berit")
    page = words(signed_in_as("berit").read(f"/deltakere/{office.participant().id}"))
    assert "Kontakter 3" in page
    assert "Telefonsamtale: 2" in page
    assert "Trene to ganger i uken" in page
    assert "Finne et sted å bo" in page


ACTIONS: dict[str, dict[str, set[str]]] = {
    "waiting": {"solveig": {"matching_meeting", "note", "change_contact", "death"}, "nora": set()},
    "active": {
        "solveig": {"contact_log", "pause", "closure", "note", "monthly_report", "change_contact", "death"},
        "berit": {"contact_log", "peer_note"},
        "nora": set(),
    },
    "paused": {
        "solveig": {"contact_log", "closure", "note", "change_contact", "death"},
        "berit": {"contact_log", "peer_note"},
    },
    "closed": {"solveig": {"final_report", "note", "change_contact", "death"}, "nora": set()},
    "deceased": {"solveig": {"note"}, "nora": set()},
}
BRINGS: Mapping[str, Callable[[Town], Subject]] = {
    "waiting": lambda town: town.waiting(),
    "active": lambda town: town.active("berit"),
    "paused": lambda town: town.move("pause_match", town.active("berit")),
    "closed": lambda town: town.closed(town.active("berit")),
    "deceased": lambda town: town.closed(town.active("berit"), reason="died"),
}


@pytest.mark.parametrize(("how_far", "who"), [(how_far, who) for how_far, by in ACTIONS.items() for who in by])
def test_what_can_be_begun_depends_on_the_case_and_the_role(
    signed_in_as: SignIn, town: Town, how_far: str, who: str
) -> None:
    subject = BRINGS[how_far](town)
    page = signed_in_as(who).read(f"/deltakere/{town.participant(subject).id}")
    offered = set(re.findall(r'href="/(?:skjema|start)/(\w+)\?om=\w+:\w+"', page))
    assert offered == ACTIONS[how_far][who]


def test_what_is_seldom_done_stands_last_and_quietly(signed_in_as: SignIn, town: Town) -> None:
    page = signed_in_as("solveig").read(f"/deltakere/{town.participant(town.active('berit')).id}")
    buttons = re.findall(r'href="/(?:skjema|start)/(\w+)\?om=[^"]+" data-variant="(\w+)">([^<]+)<', page)
    assert buttons == [
        ("contact_log", "primary", "Ny kontakt"),
        ("pause", "secondary", "Sett på pause"),
        ("closure", "secondary", "Avslutt koblingen"),
        ("note", "secondary", "Nytt notat"),
        ("monthly_report", "tertiary", "Begynn med månedsrapporter"),
        ("change_contact", "tertiary", "Bytt primærkontakt"),
        ("death", "tertiary", "Registrer dødsfall"),
    ]


def test_what_is_under_way_is_not_begun_again(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    solveig = signed_in_as("solveig")
    address = f"/deltakere/{office.participant().id}"
    closure = re.search(r'href="(/start/closure[^"]+)"', solveig.read(address))
    assert closure is not None
    assert solveig.post(closure[1]).status_code == 303
    assert "/start/closure" not in solveig.read(address)


def test_a_match_that_has_its_monthly_reports_offers_none(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    assert "/start/monthly_report" not in signed_in_as("solveig").read(f"/deltakere/{office.participant().id}")


def test_a_match_from_before_there_were_monthly_reports_begins_with_them_once(
    signed_in_as: SignIn, office: Office, town: Town
) -> None:
    match = town.active("berit")
    address, solveig = f"/deltakere/{town.participant(match).id}", signed_in_as("solveig")
    begin = re.search(r'href="(/start/monthly_report[^"]+)"', solveig.read(address))
    assert begin is not None
    assert [solveig.post(begin[1]).status_code for _ in range(2)] == [303, 303]
    with office.rt.database.reading() as session:
        runs = session.scalars(select(RunRow).where(RunRow.workflow == "monthly_report")).all()
    assert [run.status for run in runs if run.round is None] == ["active"]
    assert "/start/monthly_report" not in solveig.read(address)


@pytest.mark.parametrize("who", ["berit", "nora", "trond", "astrid"])
def test_only_the_coordinator_begins_with_monthly_reports(signed_in_as: SignIn, town: Town, who: str) -> None:
    match = town.active("berit")
    assert signed_in_as(who).post(f"/start/monthly_report?om=match:{match.id}").status_code == 404


def standing(town: Town) -> dict[str, str | None]:
    with town.database.reading() as session:
        rows = session.scalars(select(ReleaseRow).where(ReleaseRow.withdrawn_at.is_(None)))
        return {row.content: row.recorded_by for row in rows}


def test_a_release_is_given_and_withdrawn_with_one_press_each(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    solveig = signed_in_as("solveig")
    address = f"/deltakere/{liv.id}/samtykke"
    assert solveig.post(address, content="evaluation", decision="give").location == f"/deltakere/{liv.id}#samtykke"
    assert standing(town) == {"evaluation": "solveig"}
    assert "Samtykket er registrert" in solveig.read(f"/deltakere/{liv.id}")
    solveig.post(address, content="evaluation", decision="withdraw")
    assert standing(town) == {}
    assert "Samtykke trukket tilbake: halvårsevalueringen" in solveig.read(f"/deltakere/{liv.id}")


def test_giving_a_release_twice_leaves_one(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    solveig = signed_in_as("solveig")
    for _ in range(2):
        solveig.post(f"/deltakere/{liv.id}/samtykke", content="agreement", decision="give")
    with town.database.reading() as session:
        rows = session.scalars(select(ReleaseRow).where(ReleaseRow.withdrawn_at.is_(None))).all()
    assert len(rows) == 1


@pytest.mark.parametrize("who", ["nora", "berit", "astrid", "trond"])
def test_only_the_coordinator_records_releases(signed_in_as: SignIn, town: Town, who: str) -> None:
    liv = town.participant(town.active("berit"))
    before = standing(town)
    answer = signed_in_as(who).post(f"/deltakere/{liv.id}/samtykke", content="evaluation", decision="give")
    assert answer.status_code == 404
    assert standing(town) == before


@pytest.mark.parametrize(("content", "decision"), [("everything", "give"), ("agreement", "sell"), ("", "")])
def test_a_release_of_something_unheard_of_is_refused(
    signed_in_as: SignIn, town: Town, content: str, decision: str
) -> None:
    liv = town.participant(town.waiting())
    answer = signed_in_as("solveig").post(f"/deltakere/{liv.id}/samtykke", content=content, decision=decision)
    assert answer.status_code == 400


def test_after_a_death_nothing_is_asked_for(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    town.change(ParticipantRow, liv.id, status=ParticipantStatus.DECEASED)
    page = signed_in_as("solveig").read(f"/deltakere/{liv.id}")
    assert 'name="decision"' not in page
    assert "/start/" not in page


def test_hostile_names_are_shown_and_do_nothing(signed_in_as: SignIn, town: Town) -> None:
    evil = "<script>alert(1)</script><b>\"Liv' &amp; {{ 7*7 }}"
    liv = town.participant(town.waiting(participant_name=evil, wishes=evil))
    solveig = signed_in_as("solveig")
    for path in (f"/deltakere/{liv.id}", "/deltakere", "/venteliste"):
        page = solveig.read(path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{ 7*7 }}" in page


def test_the_moves_of_the_domain_stand_on_the_line(signed_in_as: SignIn, town: Town) -> None:
    town.now += timedelta(days=1)
    first = town.move("withdraw_match", town.proposed("gunn"))
    match = town.move("open_match", town.propose(first, "berit"), AGREED)
    for move in ("pause_match", "resume_match"):
        town.move(move, match)
    town.move("change_contact", Subject("participant", first.id), {"contact": "nils"})
    town.closed(match, reason="no_chemistry")
    line = words(signed_in_as("solveig").read(f"/deltakere/{first.id}?vis=avgjorelser")).partition("Tidslinje")[2]
    told = [
        "Koblingen med Berit ble avsluttet",
        "Nils ble primærkontakt",
        "Koblingen med Berit ble tatt opp igjen",
        "Koblingen med Berit ble satt på pause",
        "Koblet med Berit",
        "Kobling med Berit ble foreslått",
        "Forslaget om Gunn ble trukket",
        "Kobling med Gunn ble foreslått",
        "Satt på ventelisten",
        "Forespørselen kom",
    ]
    places = [line.find(each) for each in told]
    assert min(places) >= 0, told[places.index(-1)]
    assert places == sorted(places), "the newest first, also of what happened within one moment"


def test_why_a_match_ended_is_for_those_who_read_the_contact_log(signed_in_as: SignIn, town: Town) -> None:
    match = town.closed(town.active("berit"), reason="no_chemistry")
    address = f"/deltakere/{town.participant(match).id}"
    assert answer_of("no_chemistry") in signed_in_as("solveig").read(address)
    nora = signed_in_as("nora").read(address)
    assert "Koblingen med Berit ble avsluttet" in nora
    assert answer_of("no_chemistry") not in nora


def answer_of(reason: str) -> str:
    form = Path(__file__).parents[3] / "workflows" / "forms" / "closure.yaml"
    found = re.search(rf"{reason}: ([^,}}\n]+)", form.read_text(encoding="utf-8"))
    assert found is not None
    return found[1].strip()


def test_a_new_peer_reads_nothing_of_the_match_before_hers_on_the_line(signed_in_as: SignIn, town: Town) -> None:
    match = town.active("berit")
    town.move("log_contact", match, {"on": "2026-01-22", "kind": "phone", "internal_note": "HEMMELIG"}, by="berit")
    town.closed(match)
    liv = town.participant(match)
    town.now = CLOSING + timedelta(days=1)
    town.propose(town.move("join_waiting_list", Subject("participant", liv.id)), "gunn")
    page = signed_in_as("gunn").read(f"/deltakere/{liv.id}")
    assert "Kobling med Gunn ble foreslått" in page
    assert "Berit" not in page
    assert "Telefonsamtale" not in page


CHOICES = {
    "kontakter": "Telefonsamtale",
    "moter": "Gjort av Solveig",
    "avgjorelser": "Koblet med Berit",
    "dokumenter": "Dokument:",
    "meldinger": "E-post til",
}


def test_each_kind_can_be_chosen_by_itself_in_the_address(signed_in_as: SignIn, office: Office, town: Town) -> None:
    match = office.match()
    contact = {"on": "2026-01-22", "kind": "phone", "internal_note": None}
    town.move("log_contact", Subject("match", match.id), contact, by="berit")
    solveig, address = signed_in_as("solveig"), f"/deltakere/{office.participant().id}"
    for word in CHOICES:
        line = words(solveig.read(f"{address}?vis={word}")).partition("Tidslinje")[2]
        assert [other for other, told in CHOICES.items() if told in line] == [word]
    assert "Ingenting her" in solveig.read(f"{address}?vis=evalueringer")
    assert "Koblet med Berit" in solveig.read(f"{address}?vis=uhort&til=i%20dag"), "what is unknown chooses nothing"


def test_a_caseworker_chooses_nothing_that_is_not_hers(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    page = signed_in_as("nora").read(f"/deltakere/{office.participant().id}?vis=meldinger")
    assert "E-post til" not in page
    assert "Koblet med Berit" in page
    assert "vis=meldinger#tidslinje" not in page


def test_one_goes_back_in_time_by_a_day_in_the_address(signed_in_as: SignIn, town: Town) -> None:
    match = town.active("berit")
    for day in ("2026-01-20", "2026-01-25"):
        contact = {"on": day, "kind": "phone", "internal_note": f"NOTAT {day}"}
        town.move("log_contact", match, contact, by="berit")
    page = signed_in_as("solveig").read(f"/deltakere/{town.participant(match).id}?til=2026-01-20")
    assert "NOTAT 2026-01-20" in page
    assert "NOTAT 2026-01-25" not in page


def test_ten_years_ask_no_more_of_the_database_than_ten_days(
    rt: Runtime, signed_in_as: SignIn, office: Office, town: Town
) -> None:
    match = office.match()
    solveig, address, asked = signed_in_as("solveig"), f"/deltakere/{office.participant().id}", []
    event.listen(rt.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for more in (1, 1200):
        with town.database.writing() as session:
            session.add_all(_contacts(match.id, more))
        asked.clear()
        page = solveig.read(address)
        counts.append(len(asked))
    assert counts[1] <= counts[0]
    assert "Side 1 av 40" in page
    assert "Listen er lengre enn dette" in page
    assert page.count("<li data-state=") == 25


def _contacts(match_id: str, many: int) -> Iterator[ContactRow]:
    for number in range(many):
        on = date(2016, 1, 1) + timedelta(days=number)
        yield ContactRow(match_id=match_id, on=on, kind="phone", recorded_by="berit", recorded_at=NOW)


def test_where_the_case_stands_is_drawn_for_those_who_see_all_tasks(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    address = f"/deltakere/{office.participant().id}/saken"
    solveig = signed_in_as("solveig")
    assert f'href="{address}"' in solveig.read(f"/deltakere/{office.participant().id}")
    page = solveig.read(address)
    assert page.count("<svg") >= 3
    assert all(title in page for title in ("Kobling og koblingsmøte", "Halvårsevaluering", "Månedsrapport"))
    for who in ("nora", "berit"):
        visitor = signed_in_as(who)
        assert visitor.get(address).status_code == 404
        assert f'href="{address}"' not in visitor.read(f"/deltakere/{office.participant().id}")


def test_a_release_can_be_given_until_a_day(signed_in_as: SignIn, town: Town) -> None:
    liv = town.participant(town.waiting())
    solveig, address = signed_in_as("solveig"), f"/deltakere/{liv.id}/samtykke"
    assert solveig.post(address, content="evaluation", decision="give", until="2026-03-01").status_code == 302
    page = words(solveig.read(f"/deltakere/{liv.id}"))
    assert "Halvårsevalueringen Primærkontakten Nå Nora Fra 15. januar 2026 Til og med 1. mars 2026" in page
    for until in ("2026-01-14", "i morgen"):
        assert solveig.post(address, content="agreement", decision="give", until=until).status_code == 400
    solveig.post(address, content="evaluation", decision="withdraw")
    assert "Halvårsevalueringen Ingen Trukket tilbake 15. januar 2026" in words(solveig.read(f"/deltakere/{liv.id}"))
