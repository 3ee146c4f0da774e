"""Whoever operates the machine and sees no case learns nothing of a case from a run."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor, Subject
from forms_service.engine.submit import start_with_form
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import RunRow
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn

TOO_MUCH = {"on": "2026-02-02", "kind": "phone", "too_much": "yes", "internal_note": None}


def contact(rt: Runtime, office: Office) -> str:
    match = office.match()
    sent = start_with_form(rt, "contact_log", "ab" * 16, TOO_MUCH, Subject("match", match.id), Actor("berit", "peer"))
    office.work()
    return sent.run_id


def test_which_way_a_choice_went_is_for_those_who_see_cases(signed_in_as: SignIn, rt: Runtime, office: Office) -> None:
    address = f"/drift/kjoringer/{contact(rt, office)}"
    coordinators, admins = (signed_in_as(who).read(address) for who in ("solveig", "astrid"))
    steps = '<h3 class="row-title">Samtale med likemannen</h3>'
    assert steps in coordinators
    assert steps not in admins
    assert "Kontakten er lagret" in admins, "what everybody's run does is told"
    assert admins.count("Samtale med likemannen") == workflow_names(signed_in_as).count("Samtale med likemannen")


def workflow_names(signed_in_as: SignIn) -> str:
    """The picture of the workflow itself, which tells of nobody."""
    return signed_in_as("astrid").read("/drift/arbeidsflyter/contact_log")


def test_the_picture_of_a_run_shows_no_branch_to_those_who_see_no_case(
    signed_in_as: SignIn, rt: Runtime, office: Office
) -> None:
    address = f"/drift/kjoringer/{contact(rt, office)}"
    coordinators, admins = (signed_in_as(who).read(address) for who in ("solveig", "astrid"))
    assert coordinators.count("Ikke på veien") > 0 or coordinators.count('data-state="never"') > 0
    assert admins.count('data-state="never"') == 0


def test_who_has_a_part_in_a_run_is_for_those_who_see_cases(signed_in_as: SignIn, rt: Runtime, office: Office) -> None:
    address = f"/drift/kjoringer/{contact(rt, office)}"
    assert "Berit" in signed_in_as("solveig").read(address)
    assert "Berit" not in signed_in_as("astrid").read(address)


def test_how_a_run_ended_is_for_those_who_see_cases(signed_in_as: SignIn, rt: Runtime, office: Office) -> None:
    office.match()
    with rt.database.reading() as db:
        run = db.scalars(select(RunRow.id).where(RunRow.workflow == "intake")).one()
    assert "Hvordan det endte" in signed_in_as("solveig").read(f"/drift/kjoringer/{run}")
    assert "Hvordan det endte" not in signed_in_as("astrid").read(f"/drift/kjoringer/{run}")


def test_a_documents_number_finds_a_run_only_for_those_who_see_cases(
    signed_in_as: SignIn, rt: Runtime, office: Office
) -> None:
    office.match()
    with rt.database.reading() as db:
        number = db.scalars(select(DocumentRow.number).where(DocumentRow.name == "agreement")).one()
    address = f"/drift/kjoringer?sok={number}"
    assert 'name="kjoring"' in signed_in_as("solveig").read(address)
    assert 'name="kjoring"' not in signed_in_as("astrid").read(address)
