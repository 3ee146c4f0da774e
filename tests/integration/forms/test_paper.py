"""Forms on paper over the pages: for the same people as the form and its answers, and every look is logged."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from forms_service.documents.press import Press
from forms_service.engine.service import Actor, Subject
from forms_service.engine.submit import start_with_button
from forms_service.language.definitions import Document
from forms_service.storage.cases import AccessRow, GoalRow, ParticipantRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow, SubmissionRow
from forms_service.web.current import EXTENSION
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk, QuickPress
from tests.integration.forms.test_task import TALK, closing_of

CONTACT = {"on": "2026-01-15", "kind": "meeting", "hours": "1,5", "internal_note": "PLANTET"}


@dataclass(slots=True)
class Tray(QuickPress):
    """A press that keeps which forms it was to print; the workflows' own documents go by."""

    printed: list[dict[str, Any]] = field(default_factory=list)

    def render(self, document: Document, data: Mapping[str, object], stamp: object) -> bytes:
        if document.key.startswith("form_"):
            self.printed.append({"document": document.key, **data, "stamp": stamp})
        return b"%PDF-1.7"


@pytest.fixture
def tray(form_desk: FormDesk) -> Tray:
    """Put in before anybody prints."""
    tray = Tray()
    form_desk.rt = replace(form_desk.rt, press=tray)
    form_desk.app.extensions[EXTENSION] = form_desk.rt
    return tray


@pytest.fixture
def nora(form_desk: FormDesk, tray: Tray) -> Browser:
    return form_desk.browser("nora")


@pytest.fixture
def request_sent(form_desk: FormDesk, nora: Browser) -> str:
    """The id of what Nora sent, with the case that came of it."""
    nora.send("/skjema/intake", REQUEST)
    form_desk.work_all()
    return str(form_desk.rows(SubmissionRow)[0].id)


@pytest.fixture
def match(form_desk: FormDesk) -> Subject:
    return form_desk.active_match()


@pytest.fixture
def contact_logged(form_desk: FormDesk, tray: Tray, match: Subject) -> str:
    """The id of what the peer wrote, with a note for the coordinator."""
    form_desk.browser("berit").send(f"/skjema/contact_log?om=match:{match.id}", CONTACT)
    form_desk.work_all()
    return str(form_desk.rows(SubmissionRow)[0].id)


def name_of(browser: Browser) -> str:
    assert browser.answer is not None
    return browser.answer.headers["Content-Disposition"]


def test_a_start_form_is_printed_blank_for_whoever_may_start_it(nora: Browser, tray: Tray) -> None:
    nora.get("/skjema/intake/papir")
    assert (nora.status, nora.answer and nora.answer.mimetype) == (200, "application/pdf")
    assert name_of(nora) == "inline; filename=intake-2026-01-15.pdf"
    assert tray.printed[0]["document"] == "form_blank"
    assert tray.printed[0]["stamp"].title == "Forespørsel om likemann"
    assert len(tray.printed[0]["stamp"].number) == 8


@pytest.mark.parametrize("who", ["berit", "trond", "astrid"])
def test_a_start_form_is_not_printed_for_others(form_desk: FormDesk, tray: Tray, who: str) -> None:
    assert form_desk.browser(who).get("/skjema/intake/papir").status == 404
    assert tray.printed == []


def test_nobody_prints_without_signing_in(form_desk: FormDesk, request_sent: str, tray: Tray) -> None:
    stranger = form_desk.browser()
    for address in ("/skjema/intake/papir", f"/svar/{request_sent}/pdf", f"/svar/{request_sent}/fhir"):
        assert stranger.get(address).path.startswith("/inn")
    assert tray.printed == []


def test_nothing_that_is_printed_is_kept_on_the_way(nora: Browser, request_sent: str) -> None:
    for address in ("/skjema/intake/papir", f"/svar/{request_sent}/pdf", f"/svar/{request_sent}/fhir"):
        answer = nora.get(address).answer
        assert answer is not None
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_about_a_case_bears_its_number_and_the_look_is_logged(
    form_desk: FormDesk, tray: Tray, match: Subject
) -> None:
    berit = form_desk.browser("berit")
    before = form_desk.count(AccessRow)
    berit.get(f"/skjema/contact_log/papir?om=match:{match.id}")
    case = form_desk.rows(ParticipantRow)[0]
    assert tray.printed[0]["about"]["case_number"] == case.case_number
    assert name_of(berit) == f"inline; filename=contact_entry-{case.case_number}.pdf"
    assert form_desk.count(AccessRow) == before + 1
    assert form_desk.rows(AccessRow)[-1].participant_id == case.id


def test_the_facts_of_the_case_stand_in_the_questions_of_its_task(
    form_desk: FormDesk, tray: Tray, match: Subject
) -> None:
    solveig = form_desk.browser("solveig")
    solveig.get(f"{closing_of(match, solveig)}/papir")
    goals = [goal.text for goal in form_desk.rows(GoalRow)]
    assert f"Mål 1: {goals[0]}" in str(tray.printed[0]["sheet"])
    assert f"Mål {len(goals) + 1}" not in str(tray.printed[0]["sheet"])


def test_a_form_about_somebody_elses_case_is_not_printed(form_desk: FormDesk, tray: Tray, match: Subject) -> None:
    assert form_desk.browser("gunn").get(f"/skjema/contact_log/papir?om=match:{match.id}").status == 404
    assert form_desk.browser("solveig").get("/skjema/contact_log/papir?om=match:nobody").status == 404
    assert form_desk.browser("solveig").get("/skjema/contact_log/papir").status == 404
    assert tray.printed == []


def test_a_workflow_without_a_form_has_none_to_print(form_desk: FormDesk, match: Subject) -> None:
    assert form_desk.browser("solveig").get(f"/skjema/closure/papir?om=match:{match.id}").status == 404


def test_a_form_that_is_not_offered_now_leads_to_the_page_that_says_so(
    form_desk: FormDesk, tray: Tray, match: Subject
) -> None:
    form_desk.town.closed(match)
    assert form_desk.browser("solveig").get(f"/skjema/contact_log/papir?om=match:{match.id}").status == 409
    assert tray.printed == []


def test_the_participants_sheet_asks_what_she_is_asked_whoever_prints_it(
    form_desk: FormDesk, tray: Tray, match: Subject
) -> None:
    start_with_button(form_desk.rt, "six_month_evaluation", "n", match, Actor("solveig", "coordinator"))
    form_desk.pass_time(days=200)
    task = form_desk.rows(StepRow, StepRow.form == "self_evaluation", StepRow.status == "waiting")[0]
    assert "Deltakeren har ikke svart" in form_desk.browser("solveig").get(f"/oppgaver/{task.id}").page
    assert form_desk.browser("solveig").get(f"/oppgaver/{task.id}/papir").status == 200
    printed = json.dumps(tray.printed[-1]["sheet"], ensure_ascii=False)
    assert "Hva ønsker du nå?" in printed
    assert "har ikke svart" not in printed


def test_a_task_is_printed_for_whose_task_it_is_and_nobody_else(
    form_desk: FormDesk, request_sent: str, tray: Tray
) -> None:
    address = f"/oppgaver/{form_desk.task('conversation').id}/papir"
    assert form_desk.browser("nora").get(address).status == 404
    assert form_desk.browser("berit").get(address).status == 404
    assert tray.printed == []
    solveig = form_desk.browser("solveig").get(address)
    case = form_desk.rows(ParticipantRow)[0]
    assert (solveig.status, tray.printed[0]["about"]["case_number"]) == (200, case.case_number)
    assert form_desk.count(AccessRow, AccessRow.what == "task", AccessRow.person_id == "solveig") == 1


def test_a_task_that_is_answered_is_not_printed_blank(form_desk: FormDesk, request_sent: str) -> None:
    solveig, task = form_desk.browser("solveig"), f"/oppgaver/{form_desk.task('conversation').id}"
    solveig.send(task, TALK)
    assert solveig.get(f"{task}/papir").status == 404


def test_whoever_sent_a_form_and_the_coordinator_read_it_as_it_was_sent(
    form_desk: FormDesk, nora: Browser, request_sent: str, tray: Tray
) -> None:
    case = form_desk.rows(ParticipantRow)[0]
    for browser in (nora, form_desk.browser("solveig")):
        assert browser.get(f"/svar/{request_sent}/pdf").status == 200
        assert name_of(browser) == f"inline; filename=intake-{case.case_number}.pdf"
    told = tray.printed[-1]
    assert told["sent"]["by"] == form_desk.rows(PersonRow, PersonRow.id == "nora")[0].name
    assert (told["sent"]["role"], told["sent"]["via"], told["sent"]["on"]) == (
        "fagkonsulent",
        "signed_in",
        "2026-01-15",
    )
    assert REQUEST["wishes"] in str(told["sheet"])
    assert "Hvem fyller du ut for?" not in str(told["sheet"])


def test_each_reading_of_answers_is_logged(form_desk: FormDesk, nora: Browser, request_sent: str) -> None:
    nora.get(f"/svar/{request_sent}/pdf")
    nora.get(f"/svar/{request_sent}/fhir")
    looks = form_desk.rows(AccessRow, AccessRow.what == "answers")
    case = form_desk.rows(ParticipantRow)[0]
    assert [(look.person_id, look.object_id, look.participant_id) for look in looks] == [
        ("nora", request_sent, case.id)
    ] * 2


@pytest.mark.parametrize("who", ["nils", "siri", "berit", "trond", "astrid"])
@pytest.mark.parametrize("kind", ["pdf", "fhir"])
def test_nobody_else_reads_the_answers(form_desk: FormDesk, request_sent: str, tray: Tray, who: str, kind: str) -> None:
    """Not even a colleague who sees the participant: the summary tells her what she needs."""
    assert form_desk.browser(who).get(f"/svar/{request_sent}/{kind}").status == 404
    assert (tray.printed, form_desk.rows(AccessRow, AccessRow.what == "answers")) == ([], [])


def test_answers_that_are_not_there_are_not_found(nora: Browser) -> None:
    assert nora.get("/svar/nothing/pdf").status == 404
    assert nora.get("/svar/nothing/fhir").status == 404


def test_whoever_sent_it_reads_it_only_as_long_as_she_sees_the_participant(
    form_desk: FormDesk, nora: Browser, request_sent: str
) -> None:
    form_desk.town.change(PersonRow, "nora", office_id="sor")
    form_desk.town.change(ParticipantRow, form_desk.rows(ParticipantRow)[0].id, primary_contact_id=None)
    assert nora.get(f"/svar/{request_sent}/pdf").status == 404


def test_an_internal_answer_is_told_to_the_coordinator_and_to_whoever_wrote_it(
    form_desk: FormDesk, contact_logged: str, tray: Tray
) -> None:
    for who in ("berit", "solveig"):
        browser = form_desk.browser(who).get(f"/svar/{contact_logged}/pdf")
        assert "PLANTET" in str(tray.printed[-1])
        assert "PLANTET" in browser.get(f"/svar/{contact_logged}/fhir").source


def test_an_internal_answer_is_not_told_to_a_caseworker_who_sent_it(
    form_desk: FormDesk, contact_logged: str, tray: Tray
) -> None:
    """The table gives caseworkers no notes, not even their own."""
    form_desk.town.change(SubmissionRow, contact_logged, person_id="nora")
    nora = form_desk.browser("nora").get(f"/svar/{contact_logged}/pdf")
    assert nora.status == 200
    assert "PLANTET" not in str(tray.printed[-1])
    assert "PLANTET" not in nora.get(f"/svar/{contact_logged}/fhir").source


def test_a_peer_reads_her_own_answers_only_as_long_as_the_match_lasts(
    form_desk: FormDesk, contact_logged: str, match: Subject
) -> None:
    form_desk.town.closed(match)
    assert form_desk.browser("berit").get(f"/svar/{contact_logged}/pdf").status == 404


def test_answers_as_fhir_are_a_file_with_a_discreet_name(form_desk: FormDesk, nora: Browser, request_sent: str) -> None:
    nora.get(f"/svar/{request_sent}/fhir")
    case = form_desk.rows(ParticipantRow)[0]
    assert name_of(nora) == f"attachment; filename=intake-{case.case_number}.json"
    assert nora.answer is not None
    assert nora.answer.mimetype == "application/fhir+json"
    told = json.loads(nora.answer.get_data(as_text=True))
    assert (told["resourceType"], told["status"]) == ("QuestionnaireResponse", "completed")
    assert told["subject"]["identifier"]["value"] == case.case_number


def test_the_receipt_links_to_the_answers_that_the_viewer_may_read(
    form_desk: FormDesk, nora: Browser, request_sent: str
) -> None:
    run = form_desk.rows(SubmissionRow)[0].run_id
    link = f"/svar/{request_sent}/pdf"
    assert f'href="{link}">Svarene i «Forespørsel om likemann» (PDF)</a>' in nora.get(f"/kvittering/{run}").page
    form_desk.town.change(SubmissionRow, request_sent, person_id="solveig")
    assert link not in nora.get(f"/kvittering/{run}").source


def test_the_questions_are_those_of_the_version_that_was_answered(
    form_desk: FormDesk, nora: Browser, request_sent: str, tray: Tray
) -> None:
    nora.get(f"/svar/{request_sent}/pdf")
    before = tray.printed[-1]
    form = form_desk.rt.library.definitions.forms["intake"]
    changed = {**form_desk.rt.library.definitions.forms, "intake": replace(form, title="Et annet skjema", sections=())}
    form_desk.rt.library.definitions = replace(form_desk.rt.library.definitions, forms=changed)
    try:
        nora.get(f"/svar/{request_sent}/pdf")
    finally:
        changed["intake"] = form
        form_desk.rt.library.definitions = replace(form_desk.rt.library.definitions, forms=changed)
    assert tray.printed[-1] == before


def test_what_is_printed_for_others_holds_no_trace_of_an_internal_answer(
    form_desk: FormDesk, contact_logged: str, tmp_path: Path
) -> None:
    """With the real press: read as poppler reads it, for the coordinator and for a caseworker."""
    settings = form_desk.rt.settings
    form_desk.app.extensions[EXTENSION] = replace(form_desk.rt, press=Press(settings.pdf_templates, settings.service))
    assert "PLANTET" in _printed_for(form_desk, "solveig", contact_logged, tmp_path)
    form_desk.town.change(SubmissionRow, contact_logged, person_id="nora")
    words = _printed_for(form_desk, "nora", contact_logged, tmp_path)
    assert "Møte" in words
    assert "PLANTET" not in words
    assert "Notat til koordinatoren" not in words


def _printed_for(form_desk: FormDesk, who: str, submission: str, folder: Path) -> str:
    answer = form_desk.browser(who).get(f"/svar/{submission}/pdf").answer
    assert answer is not None
    (folder / f"{who}.pdf").write_bytes(answer.get_data())
    command = ["pdftotext", "-layout", str(folder / f"{who}.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_form_page_leads_to_its_paper(form_desk: FormDesk, nora: Browser, tray: Tray, match: Subject) -> None:
    assert 'href="/skjema/intake/papir"' in nora.get("/skjema/intake").page
    peer = form_desk.browser("berit")
    page = peer.get(f"/skjema/contact_log?om=match:{match.id}").page
    assert f'href="/skjema/contact_log/papir?om=match:{match.id}"' in page
    assert peer.get(f"/skjema/contact_log/papir?om=match:{match.id}").status == 200
