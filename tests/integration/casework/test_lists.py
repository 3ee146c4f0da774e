"""What the pages show."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access import record
from forms_service.casework.candidates import as_peer
from forms_service.casework.lists import peers as peers_module
from forms_service.casework.lists import waiting_list as waiting_list_module
from forms_service.casework.lists.access_log import access_log
from forms_service.casework.lists.case_file import CaseFile, case_file
from forms_service.casework.lists.case_match import contact_line
from forms_service.casework.lists.inbox import ChosenInbox, InboxLine, confirm_opened, inbox_lines
from forms_service.casework.lists.participants import Chosen, first_of, participants
from forms_service.casework.lists.peers import Capacity, ChosenPeers, capacity, matches_of_peers, peer_lines
from forms_service.casework.lists.waiting_list import (
    ChosenWaiting,
    OfficeQueue,
    WaitingLine,
    queue_by_office,
    waiting_line,
    waiting_lines,
)
from forms_service.casework.releases import withdraw_release
from forms_service.domain.access import Thing
from forms_service.domain.matching import Peer
from forms_service.domain.people import Viewer
from forms_service.domain.releases import Content
from forms_service.engine.service import Subject
from forms_service.errors import NotFound
from forms_service.storage.cases import ContactRow, ParticipantRow
from forms_service.storage.people import PeerRow
from tests.integration.casework.papers import deliver, paper, participant_id
from tests.integration.casework.town import NOW, TODAY, Town, viewer


def file_for(town: Town, key: str, subject: Subject) -> CaseFile:
    with town.database.reading() as session:
        return case_file(session, viewer(key), participant_id(town, subject), TODAY)


def waiting_list(session: Session, who: Viewer, now: datetime, **chosen: str) -> list[WaitingLine]:
    return [waiting_line(row, now) for row in session.execute(waiting_lines(who, ChosenWaiting(**chosen)))]


def inbox(session: Session, who: Viewer, chosen: ChosenInbox | None = None) -> list[InboxLine]:
    return [InboxLine(*row) for row in session.execute(inbox_lines(who, chosen or ChosenInbox()))]


def peers(session: Session, who: Viewer, chosen: ChosenPeers | None = None) -> list[Peer]:
    return [as_peer(row) for row in session.execute(peer_lines(who, chosen or ChosenPeers()))]


def notes_for(town: Town, key: str, case: CaseFile) -> set[str]:
    with town.database.reading() as session:
        return {contact_line(viewer(key), row, case.seen).note for row in session.scalars(select(ContactRow))}


def busy_case(town: Town) -> Subject:
    """An active match with a note by the peer and one by the coordinator."""
    subject = town.active("berit")
    town.move(
        "log_contact", subject, {"on": "2026-01-21", "kind": "sms", "internal_note": "NOTAT AV BERIT"}, by="berit"
    )
    answers = {"on": "2026-01-22", "kind": "phone", "hours": 0.5, "internal_note": "NOTAT AV SOLVEIG"}
    town.move("log_contact", subject, answers, by="solveig")
    return subject


def test_participants_come_with_their_office_and_peer(town: Town) -> None:
    town.requested()
    town.now += timedelta(days=1)
    subject = town.active("berit")
    with town.database.reading() as session:
        lines = participants(session, viewer("nora"))
        assert participants(session, viewer("siri")) == []
    assert [(line.case_number, line.status, line.office, line.peer) for line in lines] == [
        ("2026-0002", "matched", "Nord", "Berit"),
        ("2026-0001", "requested", "Nord", None),
    ]
    assert lines[0].match_id == subject.id


def test_an_ended_match_leaves_one_line_for_the_participant(town: Town) -> None:
    first = town.closed(town.active("berit"))
    again = Subject("participant", participant_id(town, first))
    town.move("join_waiting_list", again)
    town.propose(again, "gunn")
    with town.database.reading() as session:
        assert [line.peer for line in participants(session, viewer("solveig"))] == ["Gunn"]


def test_the_waiting_list_tells_how_long_and_where_the_longest_first(town: Town) -> None:
    town.waiting()
    town.now += timedelta(days=9, hours=23)
    town.waiting(by="solveig", caseworker="siri", office="sor")
    with town.database.reading() as session:
        lines = waiting_list(session, viewer("solveig"), town.now + timedelta(hours=1))
        own = waiting_list(session, viewer("siri"), town.now)
        assert waiting_list(session, viewer("trond"), town.now) == []
    assert [(line.case_number, line.office, line.days) for line in lines] == [
        ("2026-0001", "Nord", 10),
        ("2026-0002", "Sør", 0),
    ]
    assert [line.case_number for line in own] == ["2026-0002"]


def test_somebody_who_tries_a_match_still_stands_on_the_list(town: Town) -> None:
    town.proposed()
    with town.database.reading() as session:
        assert [line.status for line in waiting_list(session, viewer("solveig"), NOW)] == ["proposed"]


def test_every_office_is_in_the_queue_figures_also_with_nobody_waiting(town: Town) -> None:
    town.waiting()
    town.waiting()
    with town.database.reading() as session:
        assert queue_by_office(session, NOW + timedelta(days=3)) == [
            OfficeQueue("Nord", waiting=2, longest_days=3),
            OfficeQueue("Sør", waiting=0, longest_days=0),
        ]


def test_peers_come_with_free_hours_and_those_they_walk_beside(town: Town) -> None:
    subject = town.active("berit")
    with town.database.reading() as session:
        lines = {peer.person_id: peer for peer in peers(session, viewer("solveig"))}
        matches = matches_of_peers(session, list(lines))
    assert list(lines) == ["berit", "gunn", "odd"]
    assert lines["berit"].hours_free == 4.0
    (match,) = matches.pop("berit")
    assert (match.match_id, match.participant, match.status) == (subject.id, "Liv Strand", "active")
    assert matches == {}


@pytest.mark.parametrize("key", ["nora", "berit", "trond", "astrid", "pia"])
def test_the_peers_are_the_coordinators_to_see(town: Town, key: str) -> None:
    with town.database.reading() as session:
        assert peers(session, viewer(key)) == []


def test_capacity_counts_those_who_can_take_somebody_on(town: Town) -> None:
    town.proposed("berit", hours=7.0)
    town.change(PeerRow, "odd", ready=False)
    with town.database.reading() as session:
        assert capacity(session) == Capacity(peers=3, ready=2, hours_free=7.5)


def test_the_coordinator_sees_the_whole_case(town: Town) -> None:
    case = file_for(town, "solveig", busy_case(town))
    assert (case.case_number, case.name, case.office, case.caseworker) == ("2026-0001", "Liv Strand", "Nord", "Nora")
    assert case.wishes
    (match,) = case.matches
    assert match.reason == "HEMMELIG grunn"
    assert match.contacts == (("phone", 1), ("sms", 1))
    assert notes_for(town, "solveig", case) == {"NOTAT AV SOLVEIG", "NOTAT AV BERIT"}
    assert [goal.text for goal in match.goals] == ["Trene to ganger i uken", "Finne et sted å bo"]
    assert {(line.content, line.holds) for line in case.releases} == {("agreement", True), ("final_report", True)}


def test_a_peer_sees_contacts_and_goals_and_of_all_notes_her_own(town: Town) -> None:
    case = file_for(town, "berit", busy_case(town))
    (match,) = case.matches
    assert match.contacts == (("phone", 1), ("sms", 1))
    assert notes_for(town, "berit", case) == {"", "NOTAT AV BERIT"}
    assert [goal.number for goal in match.goals] == [1, 2]
    assert (match.reason, case.wishes, case.phase, case.releases) == ("", "", "", ())
    assert not case.may_see(Thing.INTERNAL_NOTES)


def test_a_new_peer_sees_nothing_of_the_one_before_her(town: Town) -> None:
    first = town.closed(busy_case(town))
    again = Subject("participant", participant_id(town, first))
    town.move("join_waiting_list", again)
    town.propose(again, "gunn")
    case = file_for(town, "gunn", again)
    assert [match.peer for match in case.matches] == ["Gunn"]
    assert "BERIT" not in str(case)


def test_the_office_sees_the_request_and_that_there_is_a_match_and_nothing_told_in_confidence(town: Town) -> None:
    case = file_for(town, "nils", busy_case(town))
    (match,) = case.matches
    assert (case.wishes, match.peer, match.status) == ("Noen å gå turer i marka med.", "Berit", "active")
    assert (match.goals, match.contacts, match.reason, case.releases) == ((), (), "", ())


@pytest.mark.parametrize("key", ["siri", "gunn", "trond", "astrid", "pia"])
def test_for_all_others_the_case_does_not_exist(town: Town, key: str) -> None:
    subject = busy_case(town)
    with pytest.raises(NotFound):
        file_for(town, key, subject)


def test_a_withdrawn_release_is_shown_as_one_that_holds_no_more(town: Town) -> None:
    subject = town.active("berit")
    with town.database.writing() as session:
        withdraw_release(session, participant_id(town, subject), Content.AGREEMENT, "primary_contact", NOW)
    lines = {line.content: line.holds for line in file_for(town, "solveig", subject).releases}
    assert lines == {"agreement": False, "final_report": True}


def test_an_inbox_holds_what_was_delivered_as_long_as_the_participant_is_hers_to_see(town: Town) -> None:
    subject = town.closed(town.active("berit"))
    town.change(ParticipantRow, participant_id(town, subject), primary_contact_id="pia")
    document = paper(town, "final_report", subject)
    deliver(town, document, "pia")
    with town.database.reading() as session:
        (line,) = inbox(session, viewer("pia"))
        assert inbox(session, viewer("nora")) == []
    assert (line.document_id, line.case_number, line.participant, line.opened_at) == (
        document.id,
        "2026-0001",
        "Liv Strand",
        None,
    )
    town.change(ParticipantRow, participant_id(town, subject), primary_contact_id="nora")
    with town.database.reading() as session:
        assert inbox(session, viewer("pia")) == []


def test_the_first_opening_of_a_document_is_kept(town: Town) -> None:
    subject = town.active("berit")
    document = paper(town, "agreement", subject)
    deliver(town, document, "nora")
    for days in (0, 5):
        with town.database.writing() as session:
            confirm_opened(session, viewer("nora"), document.id, NOW + timedelta(days=days))
            confirm_opened(session, viewer("nils"), document.id, NOW)
    with town.database.reading() as session:
        assert [line.opened_at for line in inbox(session, viewer("nora"))] == [NOW]


def test_the_access_log_tells_who_has_looked_the_newest_first(town: Town) -> None:
    subject = town.requested()
    with town.database.writing() as session:
        record(session, viewer("nora"), subject.id, "participant_page", None, "own_office", NOW)
        record(session, viewer("solveig"), subject.id, "document", "d1", "none", NOW + timedelta(hours=1))
    with town.database.reading() as session:
        log = access_log(session, viewer("solveig"), subject.id)
        with pytest.raises(NotFound):
            access_log(session, viewer("nora"), subject.id)
    assert [(line.name, line.role, line.office, line.what) for line in log] == [
        ("Solveig", "coordinator", None, "document"),
        ("Nora", "caseworker", "Nord", "participant_page"),
    ]


def test_what_more_peers_could_take_on_than_are_added_up_is_not_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers_module, "MOST_ADDED_UP", 2)
    with town.database.reading() as session:
        assert capacity(session).is_cut


def test_where_many_wait_the_first_of_them_is_found_as_well(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_list_module, "MANY", 1)
    town.waiting()
    town.now += timedelta(days=1)
    town.waiting()
    with town.database.reading() as session:
        assert queue_by_office(session, NOW + timedelta(days=3))[0] == OfficeQueue("Nord", waiting=2, longest_days=3)


def test_somebody_to_whom_one_has_two_ties_stands_in_the_list_once(town: Town) -> None:
    subject = town.waiting()
    town.change(ParticipantRow, subject.id, primary_contact_id="nora")
    with town.database.reading() as session:
        assert list(session.scalars(first_of(viewer("nora"), Chosen(), 25))) == [subject.id]
