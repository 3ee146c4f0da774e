"""Whether the service is well, for machines and for people."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from forms_service.accounts.events import By
from forms_service.accounts.invite import invite
from forms_service.app import create_app
from forms_service.clock import FrozenClock
from forms_service.engine.heartbeat import Kind, beat
from forms_service.engine.library import Library
from forms_service.engine.runtime import Runtime
from forms_service.errors import RenderFailed
from forms_service.settings import Settings
from forms_service.storage.database import open_database
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from forms_service.upkeep import machine
from forms_service.web.operations import yaml_check
from forms_service.web.operations.yaml_check import Verdict, check_folder
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


def test_beside_what_has_stopped_stands_what_to_do(signed_in_as: SignIn, stopped: StepRow) -> None:
    page = signed_in_as("astrid").read("/drift")
    assert "Ett steg har stoppet." in page
    assert "må malen til dokumentet rettes." in page


def test_when_all_is_well_nobody_is_asked_to_do_anything(signed_in_as: SignIn, rt: Runtime) -> None:
    beat(rt, "machine:1:1")
    beat(rt, "machine:2:1", Kind.POLLER)
    page = signed_in_as("astrid").read("/drift")
    assert "Alt går som det skal." in page
    assert page.count("I gang</span>") == 2


def test_without_a_worker_it_is_told_what_to_start(signed_in_as: SignIn) -> None:
    page = signed_in_as("solveig").read("/drift")
    assert "Ingen arbeidere er i gang." in page
    assert "forms-service worker" in page


def test_what_a_worker_is_at_is_shown_without_whose_it_is(signed_in_as: SignIn, office: Office, rt: Runtime) -> None:
    office.send_request()
    with rt.database.writing() as session:
        step = session.scalars(select(StepRow).where(StepRow.status == "waiting")).first()
        assert step is not None
        step.status, step.claimed_by, step.token = "running", "machine:1:1", "t"
    beat(rt, "machine:1:1")
    row = signed_in_as("astrid").read("/drift").partition('id="prosesser"')[2]
    assert "Gi noen en oppgave, Forespørsel" in row
    assert "Liv" not in row


def test_how_many_rings_nobody_has_heard_is_shown(signed_in_as: SignIn, office: Office, bell: NearBell) -> None:
    bell.rings = [("step", "x")] * 7
    assert '<dd class="number">7</dd>' in signed_in_as("astrid").read("/drift")
    bell.away = True
    assert "Vet ikke" in signed_in_as("astrid").read("/drift")


def test_lost_account_mails_are_a_number_with_a_way_only_for_those_who_see_accounts(
    signed_in_as: SignIn, rt: Runtime
) -> None:
    astrid, solveig = signed_in_as("astrid"), signed_in_as("solveig")
    with rt.database.writing() as session:
        session.get_one(PersonRow, "berit").email = "berit@post.example"
    invite(rt, "berit", By("astrid"))
    with rt.database.writing() as session:
        session.execute(text("UPDATE message SET status = 'failed'"))
    way = 'href="/drift/kontoer">Se kontoene'
    assert way in astrid.read("/drift")
    assert "Én lenke til nytt passord kom ikke fram." in solveig.read("/drift")
    assert way not in solveig.read("/drift")


def test_lines_without_a_seal_for_long_are_told_of(signed_in_as: SignIn, office: Office, clock: FrozenClock) -> None:
    office.send_request()
    solveig = signed_in_as("solveig")
    solveig.read("/deltakere")
    assert "Alle linjer har segl" in solveig.read("/drift")
    clock.move(timedelta(minutes=11))
    page = solveig.read("/drift")
    assert "i innsynsloggen mangler segl." in page
    assert "Mangler segl</span>" in page


def test_versions_tell_how_many_runs_follow_each_and_lead_to_them(
    signed_in_as: SignIn, office: Office, rt: Runtime, files: Mapping[str, str]
) -> None:
    office.send_request()
    changed = {**files, "intake.yaml": files["intake.yaml"] + "\n# a comment\n"}
    later = replace(rt, library=Library(changed, rt.service.vocabulary))
    with rt.database.writing() as session:
        later.library.publish(session, rt.clock.now())
    astrid = signed_in_as("astrid")
    page = astrid.read("/drift/versjoner")
    older = "/drift/kjoringer?arbeidsflyt=intake&amp;versjon=1&amp;status=unfinished"
    assert older in page
    assert "Velg dem i listen for å flytte dem." in page
    listed = astrid.read(older.replace("&amp;", "&"))
    assert listed.count('name="kjoring"') == 1
    assert "Bare de som følger versjon 1" in listed
    assert 'name="kjoring"' not in astrid.read("/drift/kjoringer?arbeidsflyt=intake&versjon=2")


@pytest.mark.parametrize("odd", ["-1", "x", "9" * 40])
def test_a_version_that_no_database_has_finds_everything(signed_in_as: SignIn, odd: str) -> None:
    assert signed_in_as("astrid").get(f"/drift/kjoringer?versjon={odd}").status_code == 200


def test_the_files_are_checked_when_somebody_asks_for_it_and_only_then(signed_in_as: SignIn) -> None:
    astrid = signed_in_as("astrid")
    assert "All is well" not in astrid.read("/drift/maskinen")
    answer = astrid.post("/drift/maskinen")
    assert answer.status_code == 200
    assert "Alt er i orden i filene." in answer.text
    assert "All is well" in answer.text


@pytest.fixture
def broken(rt: Runtime, tmp_path: Path) -> Runtime:
    """A folder that somebody has just made two mistakes in."""
    folder = tmp_path / "mine" / "workflows"
    shutil.copytree(rt.settings.workflows, folder)
    shutil.copytree(rt.settings.pdf_templates, folder.parent / "pdf_templates")
    with (folder / "intake.yaml").open("a", encoding="utf-8") as file:
        file.write("  - id: x\n    unknown: 1\n")
    (folder / "forms" / "request.yaml").write_text("title: [", encoding="utf-8")
    return replace(rt, settings=replace(rt.settings, workflows=folder))


def test_every_mistake_is_shown_with_file_and_line(broken: Runtime) -> None:
    verdict = check_folder(broken.settings)
    assert not verdict.well
    assert verdict.said is not None
    assert re.search(r"^workflows/intake\.yaml:\d+:\d+: ", verdict.said, re.MULTILINE)
    assert re.search(r"^workflows/forms/request\.yaml:\d+:\d+: ", verdict.said, re.MULTILINE)
    assert str(broken.settings.workflows.parent) not in verdict.said


def test_a_check_that_takes_too_long_is_ended(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_check, "SECONDS", 0.05)
    verdict = check_folder(rt.settings)
    assert (verdict.well, verdict.said, verdict.why) == (False, None, "too_slow")


def test_of_two_who_check_at_once_one_is_told_to_wait(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow(settings: Settings) -> Verdict:
        began.set()
        go_on.wait(10)
        return Verdict(well=True, said="")

    monkeypatch.setattr(yaml_check, "_check", slow)
    first = threading.Thread(target=check_folder, args=(rt.settings,))
    first.start()
    began.wait(10)
    assert check_folder(rt.settings).why == "busy"
    go_on.set()
    first.join()
    assert check_folder(rt.settings).well


@pytest.mark.parametrize("who", ["nora", "berit", "trond", "pia"])
@pytest.mark.parametrize("path", ["/drift", "/drift/versjoner", "/drift/maskinen"])
def test_others_see_nothing_of_the_machine(signed_in_as: SignIn, who: str, path: str) -> None:
    assert signed_in_as(who).get(path).status_code == 404


def test_what_the_machine_lacks_comes_with_what_to_do(
    signed_in_as: SignIn, rt: Runtime, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    astrid = signed_in_as("astrid")
    monkeypatch.setattr(machine, "LITTLE", 10**18)
    assert "Gjør plass." in astrid.read("/drift/maskinen")
    assert "Det er lite plass igjen på disken." in astrid.read("/drift")
    silent = replace(rt.settings, smtp_url="smtp://hush:hush@127.0.0.1:1")
    app.extensions["forms_service"] = replace(rt, settings=silent)
    page = astrid.post("/drift/maskinen").text
    assert "Svarer ikke" in page
    assert "hush" not in page
