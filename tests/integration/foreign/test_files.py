"""Files with a form: kept for whoever attached them, sent once, read by few, and gone with the draft."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from forms_service.app import create_app
from forms_service.engine.drafts.discard import discard_old
from forms_service.storage.database import Database
from forms_service.storage.drafts import DraftRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, SubmissionRow
from forms_service.storage.uploads import UploadRow
from tests.fixtures.files import a_locked_pdf, a_pdf, a_photo
from tests.integration.desk.visitor import Visitor
from tests.integration.foreign import trade as trades
from tests.integration.foreign.test_camp import FORM, OLA, PHONE, anne, app, camp
from tests.integration.foreign.test_pages import enter
from tests.integration.foreign.trade import Trade, open_trade

__all__ = ["anne", "app", "camp"]
SHOWN = {"_seen": "children together phone letter note"}
WRONG = {**PHONE, "phone": "12"}


def carried(page: str) -> dict[str, str]:
    """What the page's form carries along, with the ids of files that are attached."""
    found = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def send(anne: Visitor, page: str, files: dict[str, tuple[str, bytes]] | None = None, **typed: str) -> TestResponse:
    sent = {f"{name}-file": FileStorage(BytesIO(data), label) for name, (label, data) in (files or {}).items()}
    fields = {**carried(page), **SHOWN, **OLA, **PHONE, **typed}
    boundary, body = encode_multipart({**fields, **sent})
    return anne.client.post(FORM, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def rows(camp: Trade, table: type[Any]) -> list[Any]:
    with camp.rt.database.reading() as session:
        return list(session.query(table))


def letter() -> dict[str, tuple[str, bytes]]:
    return {"letter": ("../Kari/Brev fra legen.PDF", a_pdf())}


def test_a_file_survives_what_is_wrong_and_the_draft_and_is_sent(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12")
    assert page.status_code == 422
    assert "Lagt ved: <strong>Brev fra legen.pdf</strong>" in page.text
    assert "Lagt ved: <strong>Brev fra legen.pdf</strong>" in anne.get(FORM).text
    answer = send(anne, anne.get(FORM).text)
    assert answer.status_code == 303
    (upload,), (sent,) = rows(camp, UploadRow), rows(camp, SubmissionRow)
    assert sent.answers["letter"] == {
        "file": upload.id, "name": "Brev fra legen.pdf", "kind": "application/pdf", "size": len(a_pdf())
    }  # fmt: skip
    assert upload.submission_id == sent.id
    assert rows(camp, DraftRow) == []


def test_two_presses_make_one_file_and_one_run(anne: Visitor, camp: Trade) -> None:
    page = anne.get(FORM).text
    first, second = send(anne, page, letter()), send(anne, page, letter())
    assert first.location == second.location
    assert len(rows(camp, UploadRow)) == len(rows(camp, RunRow)) == len(rows(camp, SubmissionRow)) == 1


def test_a_sending_that_dies_in_the_middle_leaves_the_file_with_whoever_attached_it(
    anne: Visitor, camp: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("forms_service.engine.once.crash_point", die)
        page = send(anne, anne.get(FORM).text, letter())
    assert page.status_code == 503
    assert rows(camp, SubmissionRow) == []
    assert [upload.submission_id for upload in rows(camp, UploadRow)] == [None]
    assert send(anne, page.text).status_code == 303
    assert [upload.submission_id for upload in rows(camp, UploadRow)] == [rows(camp, SubmissionRow)[0].id]


def die(name: str) -> None:
    """The database goes away just before everything is committed."""
    raise OperationalError(name, {}, Exception())


def test_the_same_file_attached_again_under_another_name_bears_that_name(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12")
    page = send(anne, page.text, {"letter": ("Epikrise.pdf", a_pdf())}, phone="12")
    assert "Lagt ved: <strong>Epikrise.pdf</strong>" in page.text
    assert send(anne, page.text).status_code == 303
    assert send(anne, page.text, {"letter": ("Enda et navn.pdf", a_pdf())}).status_code == 303
    (upload,), (sent,) = rows(camp, UploadRow), rows(camp, SubmissionRow)
    assert (upload.name, sent.answers["letter"]["name"]) == ("Epikrise.pdf", "Epikrise.pdf")


@pytest.fixture
def asking(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Trade, Visitor]:
    """The camp where only those who come together are asked for the letter."""
    shutil.copytree(trades.INPUTS / "camp", tmp_path / "camp")
    form, old = tmp_path / "camp" / "workflows" / "forms" / "signup.yaml", "accept: [pdf, image]\n        maximum: 2"
    text = form.read_text("utf-8")
    assert old in text
    form.write_text(text.replace(old, f'{old}\n        show_when: together = "yes"'), "utf-8")
    monkeypatch.setattr(trades, "INPUTS", tmp_path)
    trade = open_trade("camp", database, tmp_path / "instance", "2026-02-20")
    trade.rt = replace(trade.rt, settings=replace(trade.rt.settings, demo=True))
    return trade, enter(create_app(trade.rt), "guardian")


@pytest.mark.parametrize("presses", [1, 2])
def test_a_file_for_a_question_that_does_not_apply_is_not_kept_when_the_form_is_sent(
    asking: tuple[Trade, Visitor], presses: int
) -> None:
    trade, anne = asking
    page = anne.get(FORM).text
    assert [send(anne, page, letter(), together="no").status_code for _ in range(presses)] == [303] * presses
    assert rows(trade, SubmissionRow)[0].answers["letter"] is None
    assert rows(trade, UploadRow) == []


def test_what_was_attached_and_not_sent_goes_in_the_very_moment_of_sending(
    asking: tuple[Trade, Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the program dies before the draft is deleted."""
    trade, anne = asking
    page = send(anne, anne.get(FORM).text, letter(), together="yes", phone="12").text
    assert len(rows(trade, UploadRow)) == 1
    monkeypatch.setattr("forms_service.web.forms.handing_in.forget", lambda sheet: None)
    assert send(anne, page, together="no").status_code == 303
    assert rows(trade, UploadRow) == []


def test_another_filling_in_has_a_file_of_its_own(anne: Visitor, camp: Trade) -> None:
    for _ in range(2):
        assert send(anne, anne.get(FORM).text, letter()).status_code == 303
    assert len({upload.submission_id for upload in rows(camp, UploadRow)}) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ", "Velg PDF eller bilde (JPEG eller PNG)."),
        (a_locked_pdf(), "er låst med passord"),
        (b"%PDF-1.7 hei", "lar seg ikke lese"),
        (a_pdf() + b"\0" * 2_000_000, "Den kan være på høyst 2 MB."),
    ],
    ids=["program", "locked", "broken", "large"],
)
def test_what_is_not_taken_is_said_in_words_and_nothing_else_is_lost(
    anne: Visitor, camp: Trade, data: bytes, words: str
) -> None:
    page = send(anne, anne.get(FORM).text, {"letter": ("brev.pdf", data)})
    assert page.status_code == 422
    assert words in html.unescape(page.text)
    assert 'href="#svar-letter"' in page.text
    assert 'value="Ola"' in page.text
    assert rows(camp, UploadRow) == []


def test_a_file_that_is_not_taken_does_not_put_out_the_one_before(anne: Visitor) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12").text
    page = send(anne, page, {"letter": ("virus.pdf", b"MZ")}).text
    assert "Lagt ved: <strong>Brev fra legen.pdf</strong>" in page
    assert send(anne, page).status_code == 303


def test_a_file_that_is_not_taken_is_told_also_where_nothing_is_checked_yet(anne: Visitor) -> None:
    page = send(anne, anne.get(FORM).text, {"letter": ("virus.pdf", b"MZ")}, _do="draft", phone="12").text
    assert 'id="svar-letter-feil">Filen i «Brev fra legen» kan ikke legges ved.' in page
    assert "Utkastet er lagret" in page
    assert "svar-phone-feil" not in page


def test_a_file_can_be_exchanged_and_taken_out(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12").text
    page = send(anne, page, {"letter": ("IMG_1.jpg", a_photo())}, phone="12").text
    assert "Lagt ved: <strong>IMG_1.jpg</strong>" in page
    page = send(anne, page, _clear="letter").text
    assert "Lagt ved" not in page
    assert send(anne, page).status_code == 303
    assert rows(camp, SubmissionRow)[0].answers["letter"] is None
    assert rows(camp, UploadRow) == []


def test_nobody_can_take_anothers_file(anne: Visitor, app: Flask, camp: Trade) -> None:
    send(anne, anne.get(FORM).text, letter(), phone="12")
    (upload,) = rows(camp, UploadRow)
    with camp.rt.database.writing() as session:
        session.add(PersonRow(id="other", name="Other", role="guardian", email="o@house.example", active=True))
    other = enter(app, "other")
    page = send(other, other.get(FORM).text, letter=upload.id, phone="12").text
    assert "Lagt ved" not in page
    assert send(other, page, letter=upload.id).status_code == 422
    assert rows(camp, SubmissionRow) == []
    assert rows(camp, UploadRow)[0].submission_id is None


def test_those_who_may_read_the_form_download_the_file_and_nobody_else(anne: Visitor, app: Flask, camp: Trade) -> None:
    receipt = send(anne, anne.get(FORM).text, {**letter(), "note": ("internt.pdf", a_pdf(2))})
    camp.live()
    page = anne.get(receipt.location).text
    links = re.findall(r'href="(/svar/\w+/vedlegg/\w+)"', page)
    assert len(links) == 1  # the other one is internal, and her role sees no such notes
    answer = anne.get(links[0])
    assert answer.data == a_pdf()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Brev fra legen.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    internal = next(upload for upload in rows(camp, UploadRow) if upload.field == "note")
    assert anne.get(re.sub(r"\w+$", internal.id, links[0])).status_code == 404
    assert enter(app, "leader").get(links[0]).status_code == 404
    assert Visitor(app.test_client()).get(links[0]).status_code in (302, 401)


def test_files_go_with_the_draft(anne: Visitor, camp: Trade) -> None:
    page = send(anne, anne.get(FORM).text, letter(), phone="12").text
    send(anne, page, _do="discard")
    assert rows(camp, UploadRow) == []
    send(anne, anne.get(FORM).text, letter(), phone="12")
    camp.clock.move(timedelta(days=camp.rt.settings.draft_days - 1))
    assert not discard_old(camp.rt)
    send(anne, anne.get(FORM).text, phone="123")
    camp.clock.move(timedelta(days=2))
    assert not discard_old(camp.rt)  # older than the days, and in a draft that is younger
    assert len(rows(camp, UploadRow)) == 1
    camp.clock.move(timedelta(days=camp.rt.settings.draft_days))
    assert discard_old(camp.rt)
    assert rows(camp, UploadRow) == []


def test_only_a_form_with_files_takes_more_than_a_megabyte(anne: Visitor, camp: Trade) -> None:
    large = {"letter": ("IMG.jpg", a_photo() + b"\0" * 1_500_000)}
    assert send(anne, anne.get(FORM).text, large).status_code == 303
    huge = {"letter": ("IMG.jpg", b"\0" * 26_000_000)}
    assert send(anne, anne.get(FORM).text, huge).status_code == 413
    text = {**carried(anne.get(FORM).text), "phone": "4" * 1_200_000}
    assert anne.client.post(FORM, data=text).status_code == 413
    camp.live()


def test_a_file_from_a_page_that_is_not_ours_is_not_kept(anne: Visitor, camp: Trade) -> None:
    send(anne, anne.get(FORM).text, letter(), _whose="", csrf_token="stale")
    assert rows(camp, UploadRow) == []


def test_the_file_is_told_on_paper_and_to_other_systems_without_its_bytes(anne: Visitor, camp: Trade) -> None:
    send(anne, anne.get(FORM).text, letter())
    (sent,) = rows(camp, SubmissionRow)
    anne.get(f"/svar/{sent.id}/pdf")
    assert "Brev fra legen.pdf (1 kB)" in str(camp.press.printed[-1][1]["sheet"])
    fhir = anne.get(f"/svar/{sent.id}/fhir").json or {}
    answers = [item for section in fhir["item"] for item in section["item"] if item["linkId"] == "letter"]
    about = {"contentType": "application/pdf", "size": len(a_pdf()), "title": "Brev fra legen.pdf"}
    assert answers[0]["answer"] == [{"valueAttachment": about}]
