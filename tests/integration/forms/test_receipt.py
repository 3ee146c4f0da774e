"""The receipt: what happens, in words, for those whom it concerns."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from forms_service.errors import RenderFailed
from forms_service.language.definitions import Document
from forms_service.storage.cases import AccessRow, ParticipantRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk, QuickPress
from tests.integration.forms.test_task import CLOSING, ask_her_to_read, closing_of

CONTACT = {"on": "2026-01-15", "kind": "meeting", "hours": "1,5"}


@pytest.fixture
def nora(form_desk: FormDesk) -> Browser:
    return form_desk.browser("nora")


@pytest.fixture
def receipt(form_desk: FormDesk, nora: Browser) -> str:
    return nora.send("/skjema/intake", REQUEST).path


def test_a_receipt_follows_the_run_while_the_machine_works(form_desk: FormDesk, nora: Browser, receipt: str) -> None:
    assert f'hx-get="{receipt}/steg' in nora.source
    assert f'<noscript><a class="ds-link" href="{receipt}">Oppdater</a></noscript>' in nora.source
    form_desk.work_all()
    assert "hx-get" not in nora.get(receipt).source


def test_the_lines_are_fetched_only_when_something_has_happened(
    form_desk: FormDesk, nora: Browser, receipt: str
) -> None:
    poll = re.search(r'hx-get="([^"]+)"', nora.source)
    assert poll is not None
    assert nora.get(poll[1]).status == 204
    form_desk.work_all()
    assert (nora.get(poll[1]).status, "<html" in nora.source, "hx-get" in nora.source) == (200, False, False)


def test_a_receipt_links_to_the_document_and_tells_of_the_message_and_the_next_task(
    form_desk: FormDesk, nora: Browser, receipt: str
) -> None:
    form_desk.work_all()
    nora.get(receipt)
    assert "/dokumenter/" in nora.source
    assert "E-post til fagkonsulent" in nora.page
    assert "frist" in nora.page
    assert "/utboks/" not in nora.source
    assert "Åpne oppgaven" not in nora.page


def test_a_coordinator_can_go_on_to_the_message_and_the_task(form_desk: FormDesk, receipt: str) -> None:
    form_desk.work_all()
    solveig = form_desk.browser("solveig").get(receipt)
    assert "/utboks/" in solveig.source
    assert f"/oppgaver/{form_desk.task('conversation').id}" in solveig.source


@pytest.mark.parametrize(
    ("who", "status", "leads_to"),
    [("nils", 200, "/deltakere/"), ("siri", 404, ""), ("berit", 404, ""), ("trond", 404, ""), ("astrid", 404, "")],
)
def test_a_receipt_is_for_whoever_sent_it_and_the_coordinator(
    form_desk: FormDesk, receipt: str, who: str, status: int, leads_to: str
) -> None:
    """A colleague who sees the participant is led to what she may see: the participant's page."""
    form_desk.work_all()
    browser = form_desk.browser(who)
    assert browser.get(f"{receipt}/steg").status == 404
    assert (browser.get(receipt).status, browser.path.startswith(leads_to)) == (status, True)


def test_whoever_sent_it_follows_it_only_as_long_as_she_sees_the_participant(
    form_desk: FormDesk, nora: Browser, receipt: str
) -> None:
    form_desk.work_all()
    assert f'href="{receipt}"' in nora.get("/oppgaver").source
    form_desk.town.change(PersonRow, "nora", office_id="sor")
    form_desk.town.change(ParticipantRow, form_desk.rows(ParticipantRow)[0].id, primary_contact_id=None)
    assert nora.get(receipt).status == 404
    assert nora.get(f"{receipt}/steg").status == 404
    assert f'href="{receipt}"' not in nora.get("/oppgaver").source


def test_a_peer_does_not_follow_what_she_wrote_after_the_match_has_ended(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    berit = form_desk.browser("berit")
    logged = berit.send(f"/skjema/contact_log?om=match:{match.id}", CONTACT).path
    form_desk.work_all()
    assert berit.get(logged).path == logged
    form_desk.town.closed(match)
    assert berit.get(logged).status == 404
    assert logged not in berit.get("/oppgaver").source


def test_a_project_lead_never_follows_a_run(form_desk: FormDesk, receipt: str) -> None:
    form_desk.work_all()
    form_desk.town.change(RunRow, receipt.rpartition("/")[2], started_by="trond")
    trond = form_desk.browser("trond")
    assert (trond.get(receipt).status, trond.get(f"{receipt}/steg").status) == (404, 404)


def test_a_message_about_it_is_no_reason_to_see_the_receipt(form_desk: FormDesk) -> None:
    solveig = form_desk.browser("solveig")
    solveig.send(closing_of(form_desk.active_match(), solveig), CLOSING, reason="died", plan="")
    form_desk.work_all()
    run = form_desk.rows(RunRow)[0].id
    assert form_desk.browser("berit").get(f"/kvittering/{run}").status == 404
    assert form_desk.browser("gunn").get(f"/kvittering/{run}").status == 404


def test_that_a_release_is_missing_is_for_the_coordinator_alone(
    form_desk: FormDesk, nora: Browser, receipt: str
) -> None:
    form_desk.work_all()
    with form_desk.rt.database.writing() as session:
        step = session.scalars(select(StepRow).where(StepRow.verb == "send")).first()
        assert step is not None
        step.status = "waiting"
        held = StepRow(
            run_id=step.run_id, path=f"{step.path}/held", visit=1, verb="ask", status="waiting", title="FRIGI"
        )
        held.due_at = held.created_at = form_desk.clock.now()
        held.role, held.form = "coordinator", "release_missing"
        session.add(held)
        for message in session.scalars(select(MessageRow).where(MessageRow.run_id == step.run_id)):
            message.status = "withheld"
    for page in (nora.get(receipt).page, nora.get(f"{receipt}/steg").page):
        assert "Holdt tilbake" not in page
        assert "samtykke" not in page
        assert "FRIGI" not in page
    assert "Venter" in nora.page
    solveig = form_desk.browser("solveig").get(receipt)
    assert all(words in solveig.page for words in ("Holdt tilbake", "samtykket mangler", "FRIGI"))


def test_the_lines_of_a_receipt_are_logged_with_a_reason(form_desk: FormDesk, nora: Browser, receipt: str) -> None:
    form_desk.work_all()
    nora.get(f"{receipt}/steg")
    form_desk.browser("solveig").get(receipt)
    seen = form_desk.rows(AccessRow, AccessRow.what == "receipt")
    assert {(row.person_id, row.reason) for row in seen} == {
        ("nora", "own_office, primary_contact"),
        ("solveig", "role"),
    }


def test_to_see_a_receipt_with_its_case_is_logged(form_desk: FormDesk, nora: Browser, receipt: str) -> None:
    form_desk.work_all()
    hers = (AccessRow.what == "receipt", AccessRow.person_id == "nora")
    before = form_desk.count(AccessRow, *hers)
    nora.get(receipt)
    assert form_desk.count(AccessRow, *hers) == before + 1


def test_an_unknown_run_is_not_found(nora: Browser) -> None:
    assert nora.get("/kvittering/finnes-ikke").status == 404


class BrokenPress(QuickPress):
    """Never gets a document out."""

    def render(self, document: Document, data: object, stamp: object) -> bytes:
        raise RenderFailed("the template is broken at line 3")


def test_what_stopped_is_told_in_plain_words(form_desk: FormDesk, nora: Browser, receipt: str) -> None:
    object.__setattr__(form_desk.rt, "press", BrokenPress())
    form_desk.work_all()
    for _ in range(6):
        form_desk.pass_time(minutes=10)
    nora.get(receipt)
    assert "Stoppet" in nora.page
    assert "Dokumentet lot seg ikke lage" in nora.page
    assert "line 3" not in nora.page


def test_a_document_that_was_put_in_an_inbox_is_told_of(form_desk: FormDesk) -> None:
    solveig = form_desk.browser("solveig")
    match = form_desk.active_match()
    ask_her_to_read(form_desk, solveig, closing_of(match, solveig))
    solveig.send(f"/oppgaver/{form_desk.task('reading').id}", {"opinion": "fine"})
    form_desk.work_all()
    solveig.send(f"/oppgaver/{form_desk.task('approval').id}", {"decision": "approve"})
    form_desk.work_all()
    solveig.get(solveig.path)
    assert "Dokumentet er lagt i innboksen" in solveig.page
    assert "Ferdig" in solveig.page


def test_a_release_that_is_missing_is_told_of(form_desk: FormDesk) -> None:
    solveig = form_desk.browser("solveig")
    match = form_desk.town.active(release_final_report="no")
    ask_her_to_read(form_desk, solveig, closing_of(match, solveig))
    solveig.send(f"/oppgaver/{form_desk.task('reading').id}", {"opinion": "fine"})
    form_desk.work_all()
    solveig.send(f"/oppgaver/{form_desk.task('approval').id}", {"decision": "approve"})
    form_desk.work_all()
    solveig.get(solveig.path)
    assert "Holdt tilbake" in solveig.page
    assert "Åpne oppgaven" in solveig.page
