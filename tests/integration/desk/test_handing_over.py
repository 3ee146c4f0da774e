"""A task is handed to a colleague, once, with a word to her and a line in the run's story."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from forms_service.engine.runtime import Runtime
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import EventRow, StepRow
from tests.integration.casework.town import Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn, Visitor

SEEN = re.compile(r'name="seen" value="([^"]*)"')


@pytest.fixture
def asked(office: Office) -> StepRow:
    """Nora's view is wanted at the evaluation of her office's participant."""
    office.match()
    office.pass_days(190)
    return office.task("caseworker_evaluation")


def hand(visitor: Visitor, task: StepRow, to: str, seen: str = "", **more: str) -> int:
    address = f"/oppgaver/{task.id}/gi-videre"
    found = SEEN.search(visitor.get(address).text)
    seen = seen or (found[1] if found else "")
    return visitor.post(address, person=to, seen=seen, **more).status_code


def now(rt: Runtime, task: StepRow) -> StepRow:
    with rt.database.reading() as session:
        return session.get_one(StepRow, task.id)


def told(rt: Runtime) -> list[MessageRow]:
    with rt.database.reading() as session:
        found = session.scalars(select(MessageRow).where(MessageRow.message == "handed_over")).all()
    return sorted(found, key=lambda row: row.created_at)  # of one moment: as they were written


def test_a_caseworker_hands_her_task_to_a_colleague_at_her_office(
    rt: Runtime, signed_in_as: SignIn, asked: StepRow, work_all: Callable[[], None]
) -> None:
    nora = signed_in_as("nora")
    assert f'href="/oppgaver/{asked.id}/gi-videre"' in nora.read(f"/oppgaver/{asked.id}")
    page = nora.read(f"/oppgaver/{asked.id}/gi-videre")
    assert "Nils" in page
    assert "Siri" not in page, "she works at another office and may not see the case"
    assert hand(nora, asked, "nils", reason="Ferie") == 303
    assert "Oppgaven er gitt videre" in nora.read("/oppgaver")
    assert asked.id in signed_in_as("nils").read("/oppgaver")
    assert signed_in_as("nils").get(f"/oppgaver/{asked.id}").status_code == 200
    assert nora.get(f"/oppgaver/{asked.id}").status_code == 404
    work_all()
    [message] = told(rt)
    assert (message.status, message.address) == ("sent", "nils@example.org")
    for word in ("Liv", "Strand", "2026-", "likemann", "Ferie"):
        assert word not in message.subject + message.body + message.sms


def test_the_reason_and_who_it_was_stay_in_the_story(rt: Runtime, signed_in_as: SignIn, asked: StepRow) -> None:
    hand(signed_in_as("nora"), asked, "nils", reason="Ferie")
    with rt.database.reading() as session:
        event = session.scalars(select(EventRow).where(EventRow.kind == "handed_over")).one()
    assert (event.person_id, event.detail["to"], event.detail["reason"]) == ("nora", "nils", "Ferie")
    assert "Ferie" in signed_in_as("solveig").read(f"/drift/kjoringer/{asked.run_id}")


def test_reminders_go_to_the_one_who_has_it_now(
    rt: Runtime, signed_in_as: SignIn, asked: StepRow, office: Office
) -> None:
    hand(signed_in_as("nora"), asked, "nils")
    office.pass_days(15)
    with rt.database.reading() as session:
        reminders = select(MessageRow.address).join(StepRow, StepRow.id == MessageRow.step_id)
        of_it = reminders.where(MessageRow.key == "remind", StepRow.path.startswith(f"{asked.path}/"))
        assert set(session.scalars(of_it)) == {"nils@example.org"}


def test_pressed_twice_it_is_handed_over_once_and_the_second_press_is_told(
    rt: Runtime, signed_in_as: SignIn, asked: StepRow
) -> None:
    nora = signed_in_as("nora")
    assert [hand(nora, asked, "nils"), hand(nora, asked, "nils")] == [303, 303]
    assert "noen har svart på den, eller gitt den videre" in nora.read("/oppgaver")
    assert len(told(rt)) == 1


def test_of_two_at_once_one_wins_and_only_she_is_told(rt: Runtime, signed_in_as: SignIn, asked: StepRow) -> None:
    with rt.database.writing() as session:
        session.add(PersonRow(id="nina", name="Nina", role="caseworker", office_id="nord", email="n@x.no", active=True))
    seen = f"caseworker:nora:{asked.office_id or ''}"
    visitors = {"nils": signed_in_as("nora"), "nina": signed_in_as("solveig")}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: hand(each[1], asked, each[0], seen=seen), visitors.items()))
    assert answers == [303, 303]
    [message] = told(rt)
    assert message.person_id == now(rt, asked).person_id


def test_what_is_answered_is_not_handed_over(rt: Runtime, signed_in_as: SignIn, asked: StepRow, town: Town) -> None:
    nora = signed_in_as("nora")
    town.change(StepRow, asked.id, status="done")
    assert hand(nora, asked, "nils") == 303
    assert "noen har svart på den, eller gitt den videre" in nora.read("/oppgaver")
    assert now(rt, asked).person_id == "nora"
    assert told(rt) == []


def test_the_coordinator_hands_over_anybodys_but_not_what_belongs_to_a_tie(
    rt: Runtime, signed_in_as: SignIn, asked: StepRow, office: Office
) -> None:
    solveig = signed_in_as("solveig")
    assert f"/oppgaver/{asked.id}/gi-videre" in solveig.read("/oppgaver?vis=venter-paa-andre")
    assert hand(solveig, asked, "nils") == 303
    assert now(rt, asked).person_id == "nils"
    for form in ("self_evaluation", "peer_evaluation"):
        assert solveig.get(f"/oppgaver/{office.task(form).id}/gi-videre").status_code == 404


@pytest.mark.parametrize("who", ["siri", "nils", "berit", "pia", "trond", "astrid"])
def test_nobody_else_can(rt: Runtime, signed_in_as: SignIn, asked: StepRow, who: str) -> None:
    visitor = signed_in_as(who)
    assert visitor.get(f"/oppgaver/{asked.id}/gi-videre").status_code == 404
    assert hand(visitor, asked, who, seen="caseworker:nora:") == 404
    assert now(rt, asked).person_id == "nora"


@pytest.mark.parametrize("to", ["", "siri", "berit", "nobody", "nora"])
def test_only_somebody_who_can_take_it_is_chosen(rt: Runtime, signed_in_as: SignIn, asked: StepRow, to: str) -> None:
    nora = signed_in_as("nora")
    assert hand(nora, asked, to) == 422
    assert now(rt, asked).person_id == "nora"


def test_whoever_is_away_is_shown_but_cannot_be_chosen(
    rt: Runtime, signed_in_as: SignIn, asked: StepRow, office: Office, town: Town
) -> None:
    town.change(PersonRow, "nils", away_from=office.clock.now().date(), away_until=None)
    nora = signed_in_as("nora")
    assert "Nils – borte inntil videre" in nora.read(f"/oppgaver/{asked.id}/gi-videre")
    assert "Alle som har samme rolle, er borte:" in nora.read(f"/oppgaver/{asked.id}/gi-videre")
    assert hand(nora, asked, "nils", seen="caseworker:nora:") == 422


def test_a_draft_stays_with_whoever_typed(signed_in_as: SignIn, asked: StepRow) -> None:
    nora = signed_in_as("nora")
    hidden = dict(re.findall(r'type="hidden" name="(_?[a-z_]+)" value="([^"]*)"', nora.read(f"/oppgaver/{asked.id}")))
    nora.client.post(f"/oppgaver/{asked.id}", data={**hidden, "change": "better", "_do": "draft"})
    assert "du kan ikke åpne det når en annen har oppgaven" in nora.read(f"/oppgaver/{asked.id}/gi-videre")
    hand(nora, asked, "nils")
    nils = signed_in_as("nils")
    assert 'value="better" checked' not in nils.read(f"/oppgaver/{asked.id}")
    assert nora.get(f"/oppgaver/{asked.id}").status_code in {403, 404}
    hand(nils, asked, "nora")
    assert 'value="better" checked' in nora.read(f"/oppgaver/{asked.id}"), "it is there again when the task comes back"


def test_a_message_about_a_task_that_was_handed_on_again_is_not_sent(
    rt: Runtime, signed_in_as: SignIn, asked: StepRow, work_all: Callable[[], None]
) -> None:
    hand(signed_in_as("nora"), asked, "nils")
    hand(signed_in_as("nils"), asked, "nora")
    work_all()
    assert [(each.address, each.status) for each in told(rt)] == [
        ("nils@example.org", "cancelled"),
        ("nora@example.org", "sent"),
    ]
