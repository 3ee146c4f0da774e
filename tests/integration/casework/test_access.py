"""Who may see what, with real rows behind it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forms_service.casework.access import (
    demand,
    may_answer,
    may_open,
    record,
    relations,
    sees,
    tasks_of,
    visible_participants,
)
from forms_service.domain.access import Relation, Thing
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import NotFound
from forms_service.storage.cases import AccessRow, ParticipantRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from tests.integration.casework.papers import deliver, paper, participant_id, task
from tests.integration.casework.town import NOW, Town, viewer


def seen_by(town: Town, key: str, thing: Thing = Thing.PARTICIPANT_PAGE) -> set[str]:
    with town.database.reading() as session:
        return {row.id for row in session.scalars(visible_participants(viewer(key), thing))}


def test_each_sees_her_own(town: Town) -> None:
    north = participant_id(town, town.active("berit"))
    south = participant_id(town, town.requested(by="solveig", caseworker="siri", office="sor"))
    assert seen_by(town, "solveig") == {north, south}
    assert seen_by(town, "nora") == seen_by(town, "nils") == {north}
    assert seen_by(town, "siri") == {south}
    assert seen_by(town, "berit") == {north}
    for key in ("gunn", "odd", "pia", "trond", "astrid"):
        assert seen_by(town, key) == set()


def test_a_primary_contact_sees_the_participant_as_long_as_she_is_it(town: Town) -> None:
    subject = town.requested()
    town.change(ParticipantRow, subject.id, primary_contact_id="siri")
    assert seen_by(town, "siri") == {subject.id}
    town.change(ParticipantRow, subject.id, primary_contact_id="pia")
    assert seen_by(town, "siri") == set()
    assert seen_by(town, "pia") == {subject.id}


def test_a_peers_access_ends_with_the_match(town: Town) -> None:
    subject = town.active("berit")
    assert seen_by(town, "berit") == {participant_id(town, subject)}
    town.closed(subject)
    assert seen_by(town, "berit") == set()


def test_a_peer_sees_the_participant_before_the_first_meeting_and_not_after_a_no(town: Town) -> None:
    subject = town.proposed("berit")
    assert seen_by(town, "berit") == {participant_id(town, subject)}
    town.move("withdraw_match", subject)
    assert seen_by(town, "berit") == set()


@pytest.mark.parametrize("change", [{"active": False}, {"role": "admin"}])
@pytest.mark.parametrize("key", ["solveig", "nora", "berit"])
def test_somebody_who_has_left_or_changed_roles_sees_nothing_at_once(
    town: Town, key: str, change: dict[str, object]
) -> None:
    subject = town.active("berit")
    town.change(PersonRow, key, **change)
    assert seen_by(town, key) == set()
    with town.database.reading() as session:
        assert relations(session, viewer(key), participant_id(town, subject)) == frozenset()
        assert not sees(session, viewer(key), Thing.PARTICIPANT_PAGE, participant_id(town, subject))


def test_relations_are_what_they_are_now(town: Town) -> None:
    key = participant_id(town, town.active("berit"))
    with town.database.reading() as session:
        assert relations(session, viewer("nora"), key) == {
            Relation.NONE,
            Relation.OWN_OFFICE,
            Relation.PRIMARY_CONTACT,
        }
        assert relations(session, viewer("nils"), key) == {Relation.NONE, Relation.OWN_OFFICE}
        assert relations(session, viewer("berit"), key) == {Relation.NONE, Relation.OWN_MATCH}
        assert relations(session, viewer("siri"), key) == {Relation.NONE}
        assert relations(session, viewer("solveig"), "nobody") == frozenset()


def test_what_is_not_yours_does_not_exist_for_you(town: Town) -> None:
    subject = town.requested()
    with town.database.reading() as session:
        demand(session, viewer("nora"), Thing.REQUEST, subject.id)
        with pytest.raises(NotFound):
            demand(session, viewer("siri"), Thing.REQUEST, subject.id)
        with pytest.raises(NotFound):
            demand(session, viewer("nora"), Thing.CONTACT_LOG, subject.id)


def test_a_request_summary_is_the_offices_own(town: Town) -> None:
    document = paper(town, "request_summary", town.requested())
    assert who_may_open(town, document) == {"solveig", "nora", "nils"}


def test_an_agreement_is_the_peers_and_the_coordinators_until_it_is_delivered(town: Town) -> None:
    subject = town.active("berit")
    document = paper(town, "agreement", subject)
    assert who_may_open(town, document) == {"solveig", "berit"}
    deliver(town, document, "nora")
    assert who_may_open(town, document) == {"solveig", "berit", "nora"}


def test_a_new_peer_does_not_open_the_papers_of_the_one_before_her(town: Town) -> None:
    first = town.active("berit")
    document = paper(town, "agreement", first)
    town.closed(first)
    again = Subject("participant", participant_id(town, first))
    town.move("join_waiting_list", again)
    town.propose(again, "gunn")
    assert seen_by(town, "gunn") == {again.id}
    assert who_may_open(town, document) == {"solveig"}


def test_a_final_report_is_opened_by_the_contact_it_was_delivered_to_as_long_as_she_is_it(town: Town) -> None:
    subject = town.closed(town.active("berit"))
    document = paper(town, "final_report", subject)
    key = participant_id(town, subject)
    town.change(ParticipantRow, key, primary_contact_id="pia")
    assert who_may_open(town, document) == {"solveig"}
    deliver(town, document, "pia")
    assert who_may_open(town, document) == {"solveig", "pia"}
    town.change(ParticipantRow, key, primary_contact_id="nora")
    assert who_may_open(town, document) == {"solveig"}


def test_the_draft_is_the_coordinators_among_those_with_an_account(town: Town) -> None:
    document = paper(town, "final_report_draft", town.active("berit"))
    deliver(town, document, "nora")
    assert who_may_open(town, document) == {"solveig"}


def test_a_kind_of_document_without_a_line_of_its_own_follows_those_it_is_made_for(town: Town) -> None:
    document = paper(town, "plan", town.active("berit"), open_to=["coordinator", "peer"])
    assert who_may_open(town, document) == {"solveig", "berit"}


def test_a_paper_about_nobody_is_opened_by_nobody(town: Town) -> None:
    document = paper(town, "plan", NO_SUBJECT, open_to=["coordinator"])
    assert who_may_open(town, document) == set()


def test_tasks_are_for_the_person_or_for_the_role(town: Town) -> None:
    subject = town.active("berit")
    shared = task(town, subject, role="coordinator")
    hers = task(town, subject, role="peer", person_id="berit")
    office = task(town, subject, role="caseworker", office_id="nord")
    assert tasks(town, "solveig") == {shared}
    assert tasks(town, "berit") == {hers}
    assert tasks(town, "nora") == tasks(town, "nils") == {office}
    assert tasks(town, "siri") == tasks(town, "gunn") == tasks(town, "astrid") == set()


def test_a_peers_tasks_end_with_the_match(town: Town) -> None:
    subject = town.active("berit")
    key = task(town, subject, role="peer", person_id="berit")
    town.closed(subject)
    assert tasks(town, "berit") == set()
    assert not answers(town, "berit", key)


def test_the_coordinator_helps_a_participant_with_her_task(town: Town) -> None:
    key = task(town, town.active("berit"), role="participant")
    assert tasks(town, "solveig") == set()
    assert {who for who in ("solveig", "nora", "berit", "trond", "astrid") if answers(town, who, key)} == {"solveig"}


def test_a_look_is_kept_with_who_as_what_when_and_why(town: Town) -> None:
    subject = town.requested()
    with town.database.writing() as session:
        record(session, viewer("nora"), subject.id, "participant_page", None, "own_office", NOW)
    with town.database.reading() as session:
        row = session.scalars(select(AccessRow)).one()
    assert (row.person_id, row.role, row.office_id, row.participant_id) == ("nora", "caseworker", "nord", subject.id)
    assert (row.what, row.object_id, row.reason, row.at) == ("participant_page", None, "own_office", NOW)


def who_may_open(town: Town, document: DocumentRow) -> set[str]:
    everybody = ("solveig", "trond", "astrid", "nora", "nils", "siri", "pia", "berit", "gunn", "odd")
    with town.database.reading() as session:
        return {key for key in everybody if may_open(session, viewer(key), document)}


def tasks(town: Town, key: str) -> set[str]:
    with town.database.reading() as session:
        return {row.id for row in session.scalars(tasks_of(viewer(key)))}


def answers(town: Town, key: str, step_id: str) -> bool:
    with town.database.reading() as session:
        return may_answer(session, viewer(key), session.get_one(StepRow, step_id))
