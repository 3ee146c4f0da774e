"""A file is never lost in silence, and answers no other question than the one that it was attached to."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from forms_service.app import create_app
from forms_service.storage.database import Database
from forms_service.storage.drafts import DraftRow
from forms_service.storage.runs import SubmissionRow
from forms_service.storage.uploads import UploadRow
from tests.fixtures.files import a_pdf
from tests.integration.desk.visitor import Visitor
from tests.integration.foreign import trade as trades
from tests.integration.foreign.test_camp import FORM, anne, app, camp
from tests.integration.foreign.test_files import carried, letter, rows, send
from tests.integration.foreign.test_pages import enter
from tests.integration.foreign.trade import Trade, open_trade

__all__ = ["anne", "app", "camp"]
GONE = "Velg filen i «Brev fra legen» på nytt"
THERE = "Lagt ved: <strong>Brev fra legen.pdf</strong>"
PAGES = {"- title: Barna": "- title: Barna\n    page: Barna", "- title: Vedlegg": "- title: Vedlegg\n    page: Vedlegg"}


@pytest.fixture
def paged(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """The camp's form on two pages, the files on the second."""
    shutil.copytree(trades.INPUTS / "camp", tmp_path / "camp")
    form = tmp_path / "camp" / "workflows" / "forms" / "signup.yaml"
    text = form.read_text("utf-8")
    for before, after in PAGES.items():
        assert before in text
        text = text.replace(before, after)
    form.write_text(text, "utf-8")
    monkeypatch.setattr(trades, "INPUTS", tmp_path)
    trade = open_trade("camp", database, tmp_path / "instance", "2026-02-20")
    trade.rt = replace(trade.rt, settings=replace(trade.rt.settings, demo=True))
    return enter(create_app(trade.rt), "guardian")


def test_a_file_answers_its_own_question_alone(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12").text
    (upload,) = rows(camp, UploadRow)
    answer = send(anne, page, letter="", note=upload.id)
    assert answer.status_code == 422
    assert "Velg filen i «Noe bare lederne skal se» på nytt" in answer.text
    assert rows(camp, SubmissionRow) == []


def test_what_is_sent_as_new_has_the_file_too(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12").text
    assert send(anne, page).status_code == 303
    different = send(anne, page, phone="41234568")
    assert (different.status_code, THERE in different.text) == (409, True)
    assert send(anne, different.text, phone="41234568").status_code == 303
    first, second = (sent.answers["letter"] for sent in rows(camp, SubmissionRow))
    assert {**first, "file": ""} == {**second, "file": ""}
    assert {upload.id: upload.submission_id for upload in rows(camp, UploadRow)} == {
        sent.answers["letter"]["file"]: sent.id for sent in rows(camp, SubmissionRow)
    }
    assert rows(camp, DraftRow) == []


def test_a_file_that_is_gone_is_told_until_another_is_chosen(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12").text
    send(anne, page, _do="discard")  # in another tab
    for _ in range(2):
        answer = send(anne, page)
        assert answer.status_code == 422
        assert f'href="#svar-letter">{GONE}' in answer.text
        assert rows(camp, SubmissionRow) == []
        page = answer.text
    assert send(anne, page, letter()).status_code == 303
    assert rows(camp, SubmissionRow)[0].answers["letter"]["name"] == "Brev fra legen.pdf"


def test_a_file_that_is_gone_can_be_done_without(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter="0" * 32).text
    assert '<button class="ds-button" data-variant="tertiary" type="submit" name="_clear" value="letter"' in page
    page = send(anne, page, _clear="letter").text
    assert GONE not in page
    assert send(anne, page).status_code == 303
    assert rows(camp, SubmissionRow)[0].answers["letter"] is None


def test_a_file_that_was_never_chosen_is_not_missed(anne: Visitor, camp: Trade) -> None:
    assert send(anne, anne.get(FORM).text, letter="").status_code == 303


def test_a_file_that_is_gone_is_told_on_another_page_than_its_own(paged: Visitor) -> None:
    page = paged.get(FORM).text
    assert "Steg 1 av" in page
    page = send(paged, page, letter="0" * 32, _do="draft").text
    assert 'name="letter" value="00000000000000000000000000000000"' in page


def test_whoever_goes_back_is_told_of_a_file_that_is_not_taken(paged: Visitor) -> None:
    page = send(paged, paged.get(FORM).text, _do="next")
    page = paged.get(page.location)
    assert "Steg 2 av 2" in page.text
    back = send(paged, page.text, {"letter": ("brev.docx", b"PK")}, _do="back")
    assert back.status_code == 422
    assert "Steg 2 av 2" in back.text
    assert 'href="#svar-letter">Filen i «Brev fra legen» kan ikke legges ved.' in back.text
    to = send(paged, page.text, {"letter": ("brev.docx", b"PK")}, _do="to:1")
    assert (to.status_code, "Steg 2 av 2" in to.text) == (422, True)
    assert send(paged, back.text, _do="back").location.endswith("steg=1")


def test_a_file_of_a_question_that_is_no_more_counts_as_internal(anne: Visitor, camp: Trade) -> None:
    send(anne, anne.get(FORM).text, {"note": ("internt.pdf", a_pdf(2)), **letter()})
    (sent,) = rows(camp, SubmissionRow)
    with camp.rt.database.writing() as session:
        for upload in session.query(UploadRow).where(UploadRow.field == "note"):
            upload.field = "a_note_of_before"
    by_field = {upload.field: anne.get(f"/svar/{sent.id}/vedlegg/{upload.id}") for upload in rows(camp, UploadRow)}
    assert {name: answer.status_code for name, answer in by_field.items()} == {"letter": 200, "a_note_of_before": 404}


@pytest.mark.parametrize(("name", "is_told"), [("", False), ("brev.pdf", True)])
def test_only_whoever_chose_a_file_is_told_to_choose_it_again(
    anne: Visitor, app: Flask, name: str, *, is_told: bool
) -> None:
    posted = {**carried(anne.get(FORM).text), "letter-file": (BytesIO(b""), name)}
    page = Visitor(app.test_client()).client.post(FORM, data=posted, content_type="multipart/form-data")
    assert page.status_code == 401
    assert bool(re.search(r"Filer må du velge på nytt", page.text)) == is_told
