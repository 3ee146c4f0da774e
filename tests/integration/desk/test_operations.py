"""Whether the service is well, for machines and for people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from forms_service.app import create_app
from forms_service.engine.runtime import Runtime
from forms_service.errors import RenderFailed
from forms_service.storage.database import open_database
from forms_service.storage.runs import StepRow
from tests.integration.casework.town import Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import NearBell, PaperPress, SignIn, Visitor


def test_the_process_says_that_it_lives_to_anybody(nobody: Visitor) -> None:
    answer = nobody.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"alive": True})


def test_it_is_ready_when_the_database_answers(nobody: Visitor) -> None:
    answer = nobody.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"ready": True, "database": "ready", "doorbell": "answers", "message": "Alt svarer."}


def test_without_valkey_it_is_ready_and_says_so(nobody: Visitor, bell: NearBell) -> None:
    bell.away = True
    answer = nobody.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["doorbell"] == "degraded"
    assert "Valkey svarer ikke" in answer.json["message"]


def test_a_database_of_another_version_is_not_ready(nobody: Visitor, town: Town) -> None:
    with town.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = nobody.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["database"] == "old"


def test_a_database_that_is_away_is_not_ready_and_its_address_is_not_told(
    rt: Runtime, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = open_database(f"sqlite:///{tmp_path / 'no' / 'such' / 'SECRET.db'}")
    answer = create_app(replace(rt, database=away)).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["database"] == "away"
    assert "SECRET" not in answer.text + caplog.text


@pytest.fixture
def stopped(office: Office, press: PaperPress, town: Town) -> StepRow:
    """A document that could not be made."""
    press.trouble = RenderFailed("HEMMELIG")
    office.send_request()
    for _ in range(6):
        office.pass_days(1)
    with town.database.reading() as session:
        return session.scalars(select(StepRow).where(StepRow.status == "incident")).one()


def test_what_has_stopped_is_told_in_plain_words(signed_in_as: SignIn, stopped: StepRow) -> None:
    page = signed_in_as("solveig").read("/drift")
    assert "Lage et dokument" in page
    assert "Dokumentet lot seg ikke lage." in page
    assert "Sak 2026-0001" in page


REASONS = {
    "move_refused: not_ready": "Likemannen er ikke klar for en ny deltaker ennå.",
    "move_refused: HEMMELIG": "Saken er kommet i en annen tilstand",
    "missing_value: goal_1": "Et svar som arbeidsflyten trenger, mangler.",
    "recipient_missing: peer": "Ingen har rollen",
    "worker_died": "Maskinen stoppet mens den arbeidet",
    "error: KeyError": "Noe uventet stoppet maskinen.",
}


@pytest.mark.parametrize(("problem", "words"), REASONS.items())
def test_each_reason_has_its_words(
    signed_in_as: SignIn, stopped: StepRow, town: Town, problem: str, words: str
) -> None:
    town.change(StepRow, stopped.id, problem=problem)
    assert words in signed_in_as("astrid").read("/drift")


def test_the_admin_sees_that_it_has_stopped_and_nothing_of_the_case(signed_in_as: SignIn, stopped: StepRow) -> None:
    page = signed_in_as("astrid").read("/drift")
    assert "Lage et dokument" in page
    assert "2026-0001" not in page
    assert "Liv Strand" not in page


@pytest.mark.parametrize("who", ["solveig", "astrid"])
def test_a_step_that_stopped_is_tried_again(
    signed_in_as: SignIn, office: Office, press: PaperPress, town: Town, stopped: StepRow, who: str
) -> None:
    press.trouble = None
    assert signed_in_as(who).post(f"/drift/{stopped.id}").location == "/drift"
    office.work()
    with town.database.reading() as session:
        assert session.get_one(StepRow, stopped.id).status == "done"
    assert "Ingenting har stoppet" in signed_in_as(who).read("/drift")


def test_trying_again_twice_does_it_once(signed_in_as: SignIn, stopped: StepRow, town: Town) -> None:
    solveig = signed_in_as("solveig")
    solveig.post(f"/drift/{stopped.id}")
    solveig.post(f"/drift/{stopped.id}")
    assert "allerede i gang igjen" in solveig.read("/drift")


@pytest.mark.parametrize("who", ["nora", "berit", "trond"])
def test_others_try_nothing_again(signed_in_as: SignIn, stopped: StepRow, town: Town, who: str) -> None:
    assert signed_in_as(who).post(f"/drift/{stopped.id}").status_code == 404
    with town.database.reading() as session:
        assert session.get_one(StepRow, stopped.id).status == "incident"


def test_messages_that_stopped_lead_the_coordinator_to_the_outbox(
    signed_in_as: SignIn, office: Office, town: Town
) -> None:
    office.send_request()
    with town.database.writing() as session:
        session.execute(text("UPDATE message SET status = 'unknown'"))
    assert 'href="/utboks?vis=stoppet"' in signed_in_as("solveig").read("/drift")
    assert 'href="/utboks' not in signed_in_as("astrid").read("/drift")
