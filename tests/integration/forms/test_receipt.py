"""The receipt: what happens, in words, for those whom it concerns."""

from __future__ import annotations

import re

import pytest

from forms_service.errors import RenderFailed
from forms_service.language.definitions import Document
from forms_service.storage.cases import AccessRow
from forms_service.storage.runs import RunRow
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk, QuickPress
from tests.integration.forms.test_task import CLOSING, ask_her_to_read, closing_of


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
    ("who", "status"), [("nils", 200), ("siri", 404), ("berit", 404), ("trond", 404), ("astrid", 404)]
)
def test_a_receipt_is_for_the_office_and_not_for_others(
    form_desk: FormDesk, receipt: str, who: str, status: int
) -> None:
    form_desk.work_all()
    browser = form_desk.browser(who)
    assert (browser.get(receipt).status, browser.get(f"{receipt}/steg").status) == (status, status)


def test_somebody_who_got_a_message_about_it_can_follow_its_link(form_desk: FormDesk) -> None:
    solveig = form_desk.browser("solveig")
    solveig.send(closing_of(form_desk.active_match(), solveig), CLOSING, reason="died")
    form_desk.work_all()
    run = form_desk.rows(RunRow)[0].id
    assert form_desk.browser("berit").get(f"/kvittering/{run}").status == 200
    assert form_desk.browser("gunn").get(f"/kvittering/{run}").status == 404


def test_to_see_a_receipt_with_its_case_is_logged(form_desk: FormDesk, nora: Browser, receipt: str) -> None:
    form_desk.work_all()
    nora.get(receipt)
    seen = form_desk.rows(AccessRow, AccessRow.what == "receipt", AccessRow.person_id == "nora")
    assert len(seen) == 1


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
