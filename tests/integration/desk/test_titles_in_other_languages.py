"""What the workflows' own files call things stands on pages in the reader's language, and is stored in bokmål."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from forms_service.app import create_app
from forms_service.engine.library import Library
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Document
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import PaperPress, SignIn, Visitor


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def reads(visitor: Visitor, language: str, address: str) -> str:
    visitor.get(f"/konto?sprak={language}")
    return words(visitor.read(address))


@pytest.mark.parametrize(
    ("language", "request_", "meeting", "round_"),
    [
        ("nb", "Forespørsel om likemann", "Koblingsmøte", "Halvårsevaluering"),
        ("nn", "Førespurnad om likemann", "Koplingsmøte", "Halvårsevaluering"),
        ("en", "Request for a peer supporter", "Matching meeting", "Six-month evaluation"),
    ],
)
def test_a_participants_page_calls_what_has_been_and_what_comes_as_its_reader_does(
    signed_in_as: SignIn, office: Office, language: str, request_: str, meeting: str, round_: str
) -> None:
    office.match()
    address = f"/deltakere/{office.participant().id}"
    page = reads(signed_in_as("solveig"), language, address)
    assert [each for each in (request_, meeting, round_) if each not in page] == []
    assert round_ in reads(signed_in_as("solveig"), language, f"{address}/saken")


def test_what_may_be_shared_is_called_so_in_the_line_of_time(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    page = reads(signed_in_as("solveig"), "en", f"/deltakere/{office.participant().id}")
    assert "Consent given: the agreement can go to primary contact" in page
    assert "avtalen" not in page


def test_a_task_is_stored_in_bokmaal_and_read_in_the_language_of_whoever_has_it(
    signed_in_as: SignIn, office: Office
) -> None:
    office.send_request()
    assert office.task("first_conversation").title == "Førstesamtale"
    solveig = signed_in_as("solveig")
    assert "First conversation" in reads(solveig, "en", "/oppgaver")
    step = office.task("first_conversation").id
    assert "First conversation" in words(solveig.read(f"/oppgaver/{step}/gi-videre"))
    assert "Førstesamtale" not in words(solveig.read("/uken"))
    assert "Førstesamtale" in reads(solveig, "nb", "/oppgaver")


def test_a_document_in_the_inbox_is_called_as_its_reader_calls_it(signed_in_as: SignIn, office: Office) -> None:
    office.match()
    nora = signed_in_as("nora")
    assert office.document("agreement").title == "Avtale om likemann"
    assert "Agreement on a peer supporter" in reads(nora, "en", "/innboks")


def test_the_forms_are_listed_in_the_language_of_whoever_looks_at_them(signed_in_as: SignIn) -> None:
    page = reads(signed_in_as("astrid"), "en", "/drift/skjemaer")
    assert "Request for a peer supporter" in page
    assert "Forespørsel om likemann" not in page


@pytest.mark.parametrize("address", ["/drift/arbeidsflyter", "/drift/arbeidsflyter/intake", "/drift/kjoringer"])
def test_the_workflows_are_called_and_drawn_in_the_language_of_whoever_operates_them(
    signed_in_as: SignIn, office: Office, address: str
) -> None:
    office.send_request()
    page = reads(signed_in_as("astrid"), "en", address)
    assert "Request for a peer supporter" in page
    assert "Forespørsel" not in page


def browser(rt: Runtime, files: Mapping[str, str]) -> Visitor:
    """Solveig's, after the files were changed and the service has started anew."""
    later = replace(rt, library=Library(files, rt.service.vocabulary))
    with rt.database.writing() as session:
        later.library.publish(session, rt.clock.now())
    visitor = Visitor(create_app(later).test_client())
    visitor.post("/inn", person="solveig")
    return visitor


def _renamed(text: str) -> str:
    return text.replace("Førstesamtale", "Prat").replace("First conversation", "Chat")


def test_a_run_on_an_old_version_keeps_the_words_of_that_version_in_every_language(
    rt: Runtime, office: Office, files: Mapping[str, str]
) -> None:
    office.send_request()
    changed = {name: _renamed(text) for name, text in files.items()}
    page = reads(browser(rt, changed), "en", "/oppgaver")
    assert "First conversation" in page
    assert "Chat" not in page


def test_a_version_from_before_its_titles_were_translated_is_said_as_today(
    rt: Runtime, office: Office, files: Mapping[str, str]
) -> None:
    bare = {name: text for name, text in files.items() if not name.startswith("languages/")}
    before = replace(rt, library=Library(bare, rt.service.vocabulary))
    with rt.database.writing() as session:
        before.library.publish(session, rt.clock.now())
    replace(office, rt=before).send_request()
    assert "First conversation" in reads(browser(rt, files), "en", "/oppgaver")


def test_a_stored_title_is_found_with_the_item_that_it_is_about(rt: Runtime) -> None:
    with rt.database.reading() as session:
        edition = rt.library.newest(session, "intake")
    read = replace(edition, titles={"Se": "Sjå", "Se: igjen": "Sjå om att"})
    titles = ("Se", "Se: Pumpe", "Se: igjen: Pumpe", "Ser: Pumpe")
    assert [read.said(each) for each in titles] == ["Sjå", "Sjå: Pumpe", "Sjå om att: Pumpe", "Ser: Pumpe"]


printed: list[str] = []


class KeptPress(PaperPress):
    """Keeps what it was given to print."""

    def render(self, document: Document, data: object, stamp: object) -> bytes:
        printed.append(str(data))
        return super().render(document, data, stamp)


def test_the_pack_for_a_stand_in_is_written_in_bokmaal_whoever_asks(rt: Runtime, office: Office) -> None:
    office.match()
    visitor = Visitor(create_app(replace(rt, press=KeptPress())).test_client())
    visitor.post("/inn", person="solveig")
    visitor.get("/konto?sprak=en")
    visitor.get("/uken/vikarpakke.pdf")
    [told] = printed
    assert "Halvårsevaluering" in told
    assert "Six-month" not in told
