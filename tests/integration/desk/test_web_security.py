"""What holds for every address that there is, found in the map of addresses and not in a list that somebody keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from forms_service.app import create_app
from forms_service.engine.runtime import Runtime
from forms_service.web.access.table import LINES
from forms_service.web.security import CONTENT_SECURITY_POLICY, NOBODYS
from tests.integration.casework.town import Town
from tests.integration.desk.visitor import SignIn, Visitor

REFUSED = {False: {400}, True: {400, 401, 404, 410}}
"""Forms say first what else is in the way: nobody is signed in, there is no such task, the link is over."""
WRITING = {"POST", "PUT", "PATCH", "DELETE"}


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def address_of(rule: Rule) -> str:
    """With something in each place, as whoever guesses would write it."""
    return re.sub(r"<[^>]+>", "0", rule.rule)


@pytest.fixture
def people(signed_in_as: SignIn, nobody: Visitor) -> dict[str, Visitor]:
    return {"nobody": nobody} | {who: signed_in_as(who) for who in ("solveig", "nora", "berit", "astrid", "trond")}


def writes_in(town: Town) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", statement, re.IGNORECASE):
            seen.append(statement)

    event.listen(town.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(town.database.engine, "before_cursor_execute", note)


writes = pytest.fixture(writes_in)


def test_no_form_is_taken_without_the_pages_own_token(
    app: Flask, people: dict[str, Visitor], writes: list[str]
) -> None:
    """Wherever something can be sent, whoever sends it: it is refused, and nothing is written."""
    posts = [rule for rule in rules(app) if rule.methods and rule.methods & WRITING]
    assert len(posts) >= 20
    for rule in posts:
        for who, visitor in people.items():
            writes.clear()
            for token in ({}, {"csrf_token": "forged"}):
                answer = visitor.client.post(address_of(rule), data={"email": "a@post.example", **token})
                assert answer.status_code in REFUSED[rule.endpoint.partition(".")[0] == "forms"], (rule.endpoint, who)
            assert writes == [], (rule.endpoint, who)


def test_a_token_of_somebody_else_is_no_token(people: dict[str, Visitor]) -> None:
    stolen = people["nora"].token()
    answer = people["solveig"].client.post("/konto/passord", data={"csrf_token": stolen})
    assert answer.status_code == 400


def test_no_address_that_is_only_asked_for_changes_anything(
    app: Flask, people: dict[str, Visitor], writes: list[str]
) -> None:
    """But the access log, which tells of the asking."""
    for rule in rules(app):
        if "GET" in (rule.methods or set()):
            for who, visitor in people.items():
                writes.clear()
                visitor.client.get(address_of(rule))
                assert all("INTO access" in each for each in writes), (rule.endpoint, who, writes)


def test_every_answer_of_every_address_carries_the_policy_and_is_kept_nowhere(
    app: Flask, people: dict[str, Visitor]
) -> None:
    for rule in rules(app):
        for who, visitor in people.items():
            answer = visitor.client.get(address_of(rule))
            assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, rule.endpoint
            assert answer.headers["Cache-Control"] == "no-store" or rule.endpoint in NOBODYS, rule.endpoint
            assert answer.headers["X-Content-Type-Options"] == "nosniff", rule.endpoint
            assert "geolocation=()" in answer.headers["Permissions-Policy"], rule.endpoint
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", rule.endpoint
            assert answer.status_code < 500 or rule.endpoint == "operations.ready", (rule.endpoint, who)


ELSEWHERE = (
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "javascript:alert(1)", "/%5cevil.example", "/\tevil.example", "\t//evil.example", " //evil.example",
    "/\n/evil.example", "//evil.example/%2f..", "http:///evil.example", "///evil.example", "/..//evil.example",
    "/oppgaver\r\nSet-Cookie: a=b",
)  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_signing_in(app: Flask, wanted: str) -> None:
    visitor = Visitor(app.test_client())
    answer = visitor.post("/inn", person="solveig", neste=wanted)
    location = answer.headers["Location"]
    assert re.match(r"/(?![/\\])", location), location
    assert "evil" not in location or location.startswith(("/%", "/..")), location
    assert "\n" not in location
    assert len(answer.headers.getlist("Set-Cookie")) <= 1


@pytest.mark.parametrize("wanted", ["//evil.example/x", "/\\evil.example"])
def test_no_address_leads_elsewhere_by_its_path(nobody: Visitor, signed_in_as: SignIn, wanted: str) -> None:
    for visitor in (nobody, signed_in_as("solveig")):
        location = visitor.get(wanted).headers.get("Location", "/")
        assert re.match(r"/(?![/\\])", location), location


def https(rt: Runtime) -> Flask:
    return create_app(replace(rt, settings=replace(rt.settings, base_url="https://forms.example.org")))


def test_over_tls_the_cookie_is_this_hosts_alone_and_no_browser_goes_back_to_http(rt: Runtime) -> None:
    answer = https(rt).test_client().get("/inn", base_url="https://forms.example.org")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_tls_nothing_is_promised_about_it(nobody: Visitor) -> None:
    answer = nobody.get("/inn")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("session=")
    assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Strict-Transport-Security" not in answer.headers


def test_every_address_is_in_the_table_of_who_may_open_it(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app)} <= set(LINES)
