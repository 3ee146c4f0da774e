"""Who holds a role at this moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forms_service.engine.service import NO_SUBJECT, Assignment, Recipient, Subject
from forms_service.errors import RecipientMissing
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.people import PersonRow
from tests.integration.casework.town import Town

TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def recipient(town: Town, role: str, subject: Subject) -> Recipient:
    with town.database.reading() as session:
        return town.service.recipient(session, role, subject, TODAY)


def assign(town: Town, role: str, subject: Subject) -> Assignment:
    with town.database.reading() as session:
        return town.service.assign(session, role, subject)


@pytest.mark.parametrize(
    ("role", "person"),
    [
        ("coordinator", "solveig"),
        ("project_lead", "trond"),
        ("admin", "astrid"),
        ("caseworker", "nora"),
        ("primary_contact", "nora"),
        ("peer", "berit"),
    ],
)
def test_every_role_is_held_by_somebody(town: Town, role: str, person: str) -> None:
    found = recipient(town, role, town.active())
    assert found == Recipient(f"{person}@example.org", person_id=person)


def test_the_coordinators_tasks_belong_to_everybody_in_the_role(town: Town) -> None:
    assert assign(town, "coordinator", NO_SUBJECT) == Assignment()


@pytest.mark.parametrize(("role", "person"), [("caseworker", "nora"), ("primary_contact", "nora"), ("peer", "berit")])
def test_a_task_in_a_case_is_one_persons(town: Town, role: str, person: str) -> None:
    assert assign(town, role, town.active()) == Assignment(person_id=person)


def test_the_primary_contact_is_whoever_it_is_now(town: Town) -> None:
    subject = town.active()
    town.change(ParticipantRow, town.match(subject).participant_id, primary_contact_id="pia")
    assert recipient(town, "primary_contact", subject).person_id == "pia"
    assert recipient(town, "caseworker", subject).person_id == "nora"


@pytest.mark.parametrize(("role", "person"), [("coordinator", "solveig"), ("caseworker", "nora"), ("peer", "berit")])
def test_somebody_who_has_left_gets_nothing(town: Town, role: str, person: str) -> None:
    subject = town.active()
    town.change(PersonRow, person, active=False)
    with pytest.raises(RecipientMissing, match=role):
        recipient(town, role, subject)
    with pytest.raises(RecipientMissing, match=role):
        assign(town, role, subject)


def test_another_coordinator_steps_in(town: Town) -> None:
    town.change(PersonRow, "solveig", active=False)
    town.change(PersonRow, "nils", role="coordinator")
    assert recipient(town, "coordinator", NO_SUBJECT).person_id == "nils"


@pytest.mark.parametrize("role", ["coordinator", "admin"])
def test_what_concerns_all_in_a_role_goes_past_who_is_away_to_one_who_is_here(town: Town, role: str) -> None:
    first = str(recipient(town, role, NO_SUBJECT).person_id)
    for name in ("nils", "nora"):
        town.change(PersonRow, name, role=role, office_id=None)
    town.change(PersonRow, first, name="A", office_id=None, away_from=YESTERDAY, away_until=TODAY)
    assert recipient(town, role, NO_SUBJECT).person_id == "nils"
    town.change(PersonRow, first, stand_in_id="nora")
    assert recipient(town, role, NO_SUBJECT).person_id == "nora"
    town.change(PersonRow, "nora", away_from=TODAY)
    assert recipient(town, role, NO_SUBJECT).person_id == "nils", "a stand-in who is away herself hears nothing"
    town.change(PersonRow, "nils", away_from=YESTERDAY, away_until=TOMORROW)
    assert recipient(town, role, NO_SUBJECT).person_id == first, "nobody is here, and it must not be lost"
    town.change(PersonRow, first, away_until=YESTERDAY)
    assert recipient(town, role, NO_SUBJECT).person_id == first


def test_what_concerns_her_own_case_goes_to_nobody_else_while_she_is_away(town: Town) -> None:
    subject = town.active()
    town.change(PersonRow, "nora", away_from=YESTERDAY)
    assert recipient(town, "caseworker", subject).person_id == "nora"


def test_a_participant_is_written_to_at_her_own_address(town: Town) -> None:
    subject = town.active()
    found = recipient(town, "participant", subject)
    assert found == Recipient("liv@example.org", participant_id=town.match(subject).participant_id, phone="99999999")
    assert assign(town, "participant", subject) == Assignment()


def test_a_participant_without_an_address_has_an_empty_one(town: Town) -> None:
    assert recipient(town, "participant", town.requested(participant_email=None)).address == ""


def test_a_participant_who_has_died_is_never_written_to(town: Town) -> None:
    subject = town.closed(town.active(), reason="died")
    with pytest.raises(RecipientMissing) as missing:
        recipient(town, "participant", subject)
    assert str(missing.value) == "participant"
    with pytest.raises(RecipientMissing):
        assign(town, "participant", subject)


def test_the_peer_is_told_of_a_death_after_the_match_has_closed(town: Town) -> None:
    assert recipient(town, "peer", town.closed(town.active(), reason="died")).person_id == "berit"


@pytest.mark.parametrize("role", ["caseworker", "primary_contact", "peer", "participant"])
def test_without_a_case_nobody_holds_its_roles(town: Town, role: str) -> None:
    with pytest.raises(RecipientMissing):
        recipient(town, role, NO_SUBJECT)


def test_a_role_that_nobody_knows_is_held_by_nobody(town: Town) -> None:
    with pytest.raises(RecipientMissing, match="mayor"):
        recipient(town, "mayor", NO_SUBJECT)
