"""A file over a one-time link, from somebody without an account: hers alone, and only as long as the link works."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from forms_service.app import create_app
from forms_service.engine.links import find_link
from forms_service.engine.operate.links import withdraw_link
from forms_service.engine.service import Actor
from forms_service.engine.submit import answer_task
from forms_service.storage.database import Database
from forms_service.storage.runs import LinkRow, SubmissionRow
from forms_service.storage.uploads import UploadRow
from tests.fixtures.files import a_pdf
from tests.integration.foreign import trade as trades
from tests.integration.foreign.test_files import carried, rows
from tests.integration.foreign.trade import Trade, open_trade

ASKED = "{name: extend, label: Vil du ha boka i to uker til?"
PROOF = "{name: proof, label: Bekreftelse, type: file, accept: [pdf]}\n      - "
THERE = "Lagt ved: <strong>Bekreftelse.pdf</strong>"


@dataclass(slots=True)
class Borrower:
    """Somebody with a link and nothing else."""

    client: FlaskClient
    address: str

    def page(self) -> str:
        return self.client.get(self.address).text

    def send(self, page: str, file: bytes | None = None, **typed: str) -> TestResponse:
        sent = {"proof-file": FileStorage(BytesIO(file), "Bekreftelse.pdf")} if file else {}
        boundary, body = encode_multipart({**carried(page), "_seen": "extend proof", **typed, **sent})
        return self.client.post(self.address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


@pytest.fixture
def library(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trade:
    """Whoever is asked whether she wants the book for longer can add a file."""
    shutil.copytree(trades.INPUTS / "lending", tmp_path / "lending")
    form = tmp_path / "lending" / "workflows" / "forms" / "extension.yaml"
    text = form.read_text("utf-8")
    assert ASKED in text
    form.write_text(text.replace(ASKED, PROOF + ASKED), "utf-8")
    monkeypatch.setattr(trades, "INPUTS", tmp_path)
    return open_trade("lending", database, tmp_path / "instance", "2026-02-20")


@pytest.fixture
def borrowers(library: Trade) -> tuple[Borrower, Borrower]:
    for name in ("ada", "eva"):
        library.start("loan", "librarian", book="Sult", name=name, email=f"{name}@laaner.example")
    library.pass_to("2026-03-17")
    app = create_app(library.rt)
    bodies = {sent.recipient.partition("@")[0]: sent.body for sent in library.post.sent}
    links = [re.search(r"(/l/\S+)", bodies[name]) for name in ("ada", "eva")]
    ada, eva = (Borrower(app.test_client(), link[1]) for link in links if link)
    return ada, eva


def uploads(library: Trade) -> list[UploadRow]:
    return rows(library, UploadRow)


def test_a_file_survives_what_is_wrong_and_the_draft_and_is_sent_once(
    library: Trade, borrowers: tuple[Borrower, Borrower]
) -> None:
    ada, _ = borrowers
    answer = ada.send(ada.page(), a_pdf())
    assert (answer.status_code, THERE in answer.text) == (422, True)  # nothing was said about the weeks
    assert ada.send(answer.text, _do="draft").status_code in {200, 303}
    page = ada.page()
    assert THERE in page
    first, second = (ada.send(page, extend="yes") for _ in range(2))
    assert (first.status_code, first.location) == (303, second.location)
    sent = next(each for each in rows(library, SubmissionRow) if each.via == "link")
    (upload,) = uploads(library)
    assert sent.answers["proof"]["file"] == upload.id
    assert upload.submission_id == sent.id


def test_two_presses_with_a_file_are_one_answer(library: Trade, borrowers: tuple[Borrower, Borrower]) -> None:
    ada, _ = borrowers
    page = ada.page()
    first, second = (ada.send(page, a_pdf(), extend="yes") for _ in range(2))
    assert (first.status_code, first.location) == (303, second.location)
    assert len(uploads(library)) == 1


def test_another_file_after_the_answer_is_not_taken_and_not_called_sent(
    library: Trade, borrowers: tuple[Borrower, Borrower]
) -> None:
    ada, _ = borrowers
    page = ada.page()
    ada.send(page, a_pdf(), extend="yes")
    assert ada.send(page, a_pdf(2), extend="yes").status_code == 409
    assert len(uploads(library)) == 1


def test_whoever_has_another_link_neither_sees_nor_sends_the_file(
    library: Trade, borrowers: tuple[Borrower, Borrower]
) -> None:
    ada, eva = borrowers
    ada.send(ada.page(), a_pdf())
    (upload,) = uploads(library)
    answer = eva.send(eva.page(), proof=upload.id, extend="yes")
    assert (answer.status_code, "Lagt ved" in answer.text) == (422, False)
    assert [each.via for each in rows(library, SubmissionRow)] == ["signed_in"] * 2
    assert [(each.owner, each.submission_id) for each in uploads(library)] == [(upload.owner, None)]
    assert THERE in ada.page()


def test_nobody_without_an_account_downloads_a_file_not_even_with_a_link(
    library: Trade, borrowers: tuple[Borrower, Borrower]
) -> None:
    ada, eva = borrowers
    ada.send(ada.page(), a_pdf(), extend="yes")
    (upload,) = uploads(library)
    for somebody in borrowers:
        for address in (f"/svar/{upload.submission_id}/vedlegg/{upload.id}", f"{eva.address}/vedlegg/{upload.id}"):
            answer = somebody.client.get(address)
            assert answer.status_code in {302, 401, 404}
            assert a_pdf() not in answer.data


@pytest.mark.parametrize("typed", [{}, {"extend": "yes"}, {"_do": "draft"}], ids=["wrong", "right", "draft"])
@pytest.mark.parametrize("ended", ["withdrawn", "used", "answered by somebody else", "too old"])
def test_a_link_that_has_ended_takes_no_file(
    library: Trade, borrowers: tuple[Borrower, Borrower], ended: str, typed: dict[str, str]
) -> None:
    ada, _ = borrowers
    page = ada.page()
    end(library, ada, ended)
    answer = ada.send(page.replace('name="_nonce" value="', 'name="_nonce" value="0'), a_pdf(), **typed)
    assert answer.status_code == 410
    assert uploads(library) == []


def end(library: Trade, borrower: Borrower, how: str) -> None:
    link = link_of(library, borrower)
    if how == "withdrawn":
        withdraw_link(library.rt, link.step_id, link.id, Actor("librarian", "librarian"))
    elif how == "used":
        assert borrower.send(borrower.page(), extend="no").status_code == 303
    elif how == "answered by somebody else":
        answer_task(library.rt, link.step_id, "nonce", {"extend": "no"}, Actor("librarian", "librarian"))
    else:
        with library.rt.database.writing() as session:
            session.get_one(LinkRow, link.id).expires_at = library.clock.now()
        library.clock.instant = library.clock.now().replace(year=2027)


def link_of(library: Trade, borrower: Borrower) -> LinkRow:
    with library.rt.database.reading() as session:
        return find_link(library.rt, session, borrower.address.removeprefix("/l/"))
