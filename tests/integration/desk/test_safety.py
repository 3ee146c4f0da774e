"""What holds on every page: headers, words for errors, no personal data where it does not belong, few queries."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from forms_service.engine.runtime import Runtime
from forms_service.storage.database import Database, open_database
from forms_service.web.access.may_open import lines_of
from forms_service.web.access.table import EVERYBODY
from forms_service.web.security import CONTENT_SECURITY_POLICY
from tests.integration.casework.town import PEOPLE, Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn, Visitor

LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')


def pages_from(visitor: Visitor) -> dict[str, str]:
    """Address → the page, for everything that can be reached by following links from the front page."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        answer = visitor.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        found[address] = answer.text if answer.mimetype == "text/html" else ""
        links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/(?!static/)[^"#]*)', found[address])]
        waiting += [each for each in dict.fromkeys(links) if each not in found and each not in waiting]
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_of_every_page_leads_somewhere_and_tells_nothing(
    signed_in_as: SignIn, office: Office, who: str
) -> None:
    office.match()
    office.pass_days(190)
    pages = pages_from(signed_in_as(who))
    addresses = " ".join(link for page in pages.values() for link in LINK.findall(page)).casefold()
    assert len(pages) >= 2
    for secret in ("liv", "strand", "99999999", "example.org", "2026-000"):
        assert secret not in addresses


@pytest.mark.parametrize("who", ["solveig", "nora", "berit"])
def test_no_page_carries_anything_inline(signed_in_as: SignIn, office: Office, who: str) -> None:
    office.match()
    for address, page in pages_from(signed_in_as(who)).items():
        assert not re.search(r"<style|<script(?![^>]* src=)| style=| on[a-z]+=|javascript:", page), address


HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("path", ["/inn", "/oppgaver", "/healthz", "/readyz", "/not-there", "/l/forged"])
def test_every_answer_carries_the_headers(signed_in_as: SignIn, path: str) -> None:
    headers = signed_in_as("solveig").get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_static_files_may_be_kept_and_carry_the_policy(nobody: Visitor) -> None:
    answer = nobody.get("/static/site.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    answer.close()


@pytest.fixture
def failing(app: Flask) -> Flask:
    """The application with a page that breaks over somebody's data."""

    lines_of(app)["breaks"] = EVERYBODY

    @app.get("/breaks")
    def breaks() -> str:
        raise ValueError("HEMMELIG Liv Strand 99999999")

    return app


def test_a_broken_page_says_so_in_words_and_the_log_says_where(
    failing: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = failing.test_client().get("/breaks?name=HEMMELIG")
    assert answer.status_code == 500
    assert "Noe gikk galt hos oss" in answer.text
    reference = re.search(r'Referanse: <span class="number">([0-9A-F]{8})</span>', answer.text)
    assert reference is not None
    assert reference[1] in caplog.text
    assert "ValueError" in caplog.text
    assert "test_safety.py" in caplog.text
    assert "HEMMELIG" not in answer.text + caplog.text
    assert "Strand" not in answer.text + caplog.text


ERRORS = {
    ("GET", "/not-there"): (404, "Vi finner ikke siden"),
    ("GET", "/ut"): (405, "Dette kan ikke gjøres her"),
    ("POST", "/inn"): (400, "Siden var åpen fra en tidligere innlogging"),
    ("GET", "/l/forged"): (410, "Lenken gjelder ikke lenger"),
}


@pytest.mark.parametrize(("asked", "answered"), ERRORS.items(), ids=lambda each: " ".join(map(str, each)))
def test_each_error_has_its_page(nobody: Visitor, asked: tuple[str, str], answered: tuple[int, str]) -> None:
    method, path = asked
    answer = nobody.client.open(path, method=method, follow_redirects=True)
    assert answer.status_code == answered[0]
    assert answered[1] in answer.text


def test_too_much_text_is_refused_in_words(signed_in_as: SignIn) -> None:
    solveig = signed_in_as("solveig")
    data = {"csrf_token": solveig.token(), "decision": "x" * 3_000_000}
    answer = solveig.client.post("/utboks/0", data=data)
    assert answer.status_code == 413
    assert "Det du sendte, er for stort" in answer.text


def test_an_error_page_works_where_the_database_does_not(
    signed_in_as: SignIn, rt: Runtime, app: Flask, tmp_path: Path
) -> None:
    solveig = signed_in_as("solveig")
    away = open_database(f"sqlite:///{tmp_path / 'no' / 'such' / 'forms.db'}")
    app.extensions["forms_service"] = replace(rt, database=away)
    answer = solveig.get("/oppgaver")
    assert answer.status_code == 500
    assert "Noe gikk galt hos oss" in answer.text
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "path", ["/oppgaver", "/deltakere", "/venteliste", "/likemenn", "/utboks", "/drift", "/innboks"]
)
def test_a_longer_list_takes_no_more_queries(signed_in_as: SignIn, office: Office, town: Town, path: str) -> None:
    solveig = signed_in_as("solveig")
    office.send_request()
    solveig.get(path)
    with counting(town.database) as few:
        solveig.get(path)
    for number in range(6):
        office.send_request(participant_name=f"Person {number}")
        town.waiting(participant_name=f"Venter {number}")
    with counting(town.database) as many:
        solveig.get(path)
    assert len(many) == len(few), "\n".join(many)


def test_a_longer_case_takes_no_more_queries(signed_in_as: SignIn, office: Office, town: Town) -> None:
    match = office.match()
    address = f"/deltakere/{office.participant().id}"
    for who in ("solveig", "nora", "berit"):
        visitor = signed_in_as(who)
        visitor.get(address)
        with counting(town.database) as few:
            visitor.get(address)
        office.pass_days(30)
        with counting(town.database) as many:
            visitor.get(address)
        assert len(many) == len(few), who
    assert match.participant_id in address
