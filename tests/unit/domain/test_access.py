"""The table of who may see what."""

from __future__ import annotations

import pytest

from forms_service.domain.access import (
    ACCESS,
    DOCUMENTS,
    Relation,
    Thing,
    may_see,
    relations_that_show,
    thing_of_document,
)
from forms_service.domain.people import Role, Viewer

CASE_CONTENT = {
    Thing.PARTICIPANT_PAGE,
    Thing.REQUEST,
    Thing.MATCHES,
    Thing.GOALS,
    Thing.RELEASES,
    Thing.CONTACT_LOG,
    Thing.OWN_NOTES,
    Thing.INTERNAL_NOTES,
    Thing.ACCESS_LOG,
    Thing.WAITING_LIST,
    Thing.ALL_TASKS,
    Thing.OUTBOX,
    *DOCUMENTS.values(),
    Thing.OTHER_DOCUMENT,
}


def viewer(role: Role) -> Viewer:
    return Viewer(person_id="1", name="Anniken Prøve", role=role, office_id="nord")


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.ADMIN])
@pytest.mark.parametrize("thing", sorted(CASE_CONTENT))
def test_project_lead_and_admin_never_see_case_content_whatever_their_relation(role: Role, thing: Thing) -> None:
    assert not may_see(viewer(role), thing, *Relation)


@pytest.mark.parametrize("thing", sorted(CASE_CONTENT))
def test_the_coordinator_sees_every_case(thing: Thing) -> None:
    assert may_see(viewer(Role.COORDINATOR), thing)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PRIMARY_CONTACT, Role.PEER])
@pytest.mark.parametrize("thing", sorted(CASE_CONTENT))
def test_without_a_relation_nobody_else_sees_a_case(role: Role, thing: Thing) -> None:
    assert not may_see(viewer(role), thing)


def test_a_peer_sees_the_participant_of_her_own_match_and_nothing_by_an_office() -> None:
    peer = viewer(Role.PEER)
    assert may_see(peer, Thing.PARTICIPANT_PAGE, Relation.OWN_MATCH)
    assert not may_see(peer, Thing.PARTICIPANT_PAGE, Relation.OWN_OFFICE, Relation.PRIMARY_CONTACT)


def test_internal_notes_are_the_coordinators_alone() -> None:
    allowed = {role for (role, _), things in ACCESS.items() if Thing.INTERNAL_NOTES in things}
    assert allowed == {Role.COORDINATOR}


def test_a_peer_sees_her_own_notes_and_not_the_internal_ones() -> None:
    peer = viewer(Role.PEER)
    assert may_see(peer, Thing.OWN_NOTES, Relation.OWN_MATCH)
    assert not may_see(peer, Thing.INTERNAL_NOTES, *Relation)


def test_an_office_sees_its_request_but_neither_contacts_nor_goals_nor_reports() -> None:
    caseworker = viewer(Role.CASEWORKER)
    assert may_see(caseworker, Thing.REQUEST_SUMMARY, Relation.OWN_OFFICE)
    for thing in (Thing.CONTACT_LOG, Thing.GOALS, Thing.EVALUATION_REPORT, Thing.FINAL_REPORT, Thing.ACCESS_LOG):
        assert not may_see(caseworker, thing, Relation.OWN_OFFICE, Relation.PRIMARY_CONTACT)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PRIMARY_CONTACT])
def test_a_report_is_seen_by_the_one_it_was_delivered_to(role: Role) -> None:
    assert may_see(viewer(role), Thing.FINAL_REPORT, Relation.RECIPIENT)
    assert not may_see(viewer(role), Thing.FINAL_REPORT, Relation.PRIMARY_CONTACT)


def test_the_draft_of_the_final_report_is_for_the_participant_and_the_coordinator() -> None:
    allowed = {role for (role, _), things in ACCESS.items() if Thing.FINAL_REPORT_DRAFT in things}
    assert allowed == {Role.COORDINATOR, Role.PARTICIPANT}


def test_a_participant_can_see_who_has_looked() -> None:
    assert may_see(viewer(Role.PARTICIPANT), Thing.ACCESS_LOG, Relation.SELF)


def test_the_waiting_list_is_shown_by_office_to_caseworkers_and_whole_to_the_coordinator() -> None:
    assert relations_that_show(Role.CASEWORKER, Thing.WAITING_LIST) == (Relation.OWN_OFFICE,)
    assert relations_that_show(Role.COORDINATOR, Thing.WAITING_LIST) == (Relation.NONE,)
    assert relations_that_show(Role.PEER, Thing.WAITING_LIST) == ()


def test_a_document_without_a_line_of_its_own_is_ruled_by_the_line_for_others() -> None:
    assert thing_of_document("agreement") is Thing.AGREEMENT
    assert thing_of_document("something_new") is Thing.OTHER_DOCUMENT
