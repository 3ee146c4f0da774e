"""Cookies that are made, changed or kept, and ways that lead to another site."""

from __future__ import annotations

import re

import pytest
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from forms_service.storage.people import PersonRow
from tests.integration.access.attacks.siege import Attempt, Siege
from tests.integration.desk.visitor import Visitor

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://evil.example",
    "/%0d%0aLocation: https://evil.example\r\n",
    "https:/evil.example",
    "evil.example",
    "@evil.example",
    "ftp://evil.example",
)


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_nowhere_else(siege: Siege, wanted: str) -> None:
    visitor = Visitor(siege.app.test_client())
    data = {"csrf_token": visitor.token(), "person": "nora", "neste": wanted}
    attempt = _as(siege, visitor, "/inn", "POST", data)
    assert attempt.location == "/"
    assert "led_elsewhere" in attempt.kinds
    assert attempt.events == ("signed_in",)


@pytest.mark.parametrize("wanted", ELSEWHERE[:10])
def test_the_page_of_signing_in_carries_no_way_elsewhere(siege: Siege, wanted: str) -> None:
    attempt = siege.ask("nobody", "/inn?neste=" + "".join(f"%{b:02X}" for b in wanted.encode()), "GET", None, {})
    leads = re.findall(r'(?:href|action|src)="([^"]*)|name="neste" value="([^"]*)', attempt.answer.text)
    assert not [to for to, after in leads if "evil" in to.partition("?")[0] or "evil" in after]
    assert "led_elsewhere" in attempt.kinds


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8000"},
        {"Host": "localhost.evil.example"},
        {"Host": "evil.example", "X_Forwarded_Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
    ],
)
def test_another_host_is_told_nothing_and_leads_nowhere(siege: Siege, headers: dict[str, str]) -> None:
    attempt = siege.ask("nobody", "/deltakere", "GET", None, headers)
    attempt.must_fail("foreign_host")
    assert "evil" not in attempt.location + attempt.answer.text


@pytest.mark.parametrize("header", ["X_Forwarded_Host", "X_Host", "Forwarded", "X_Original_URL", "X_Rewrite_URL"])
def test_headers_of_proxies_lead_nowhere(siege: Siege, header: str) -> None:
    value = "host=evil.example" if header == "Forwarded" else "/drift" if "URL" in header else "evil.example"
    attempt = siege.ask("siri", "/utboks", "GET", None, {header: value})
    assert attempt.status in (302, 404)
    assert "evil" not in attempt.location + attempt.answer.text
    assert attempt.kinds & {"uncalled_for", "unknown_session"}


def _signed(siege: Siege, content: dict[str, object], key: str) -> str:
    interface = SecureCookieSessionInterface()
    signer = URLSafeTimedSerializer(
        key, salt=interface.salt, serializer=interface.serializer,
        signer_kwargs={"key_derivation": interface.key_derivation, "digest_method": interface.digest_method},
    )  # fmt: skip
    return str(signer.dumps(content))


COOKIES = ("x", "null", "{}", "a.b.c", "eyJfdXNlcl9pZCI6InNvbHZlaWcifQ.x.y", "A" * 3000, "../../etc/passwd", "%00")
ADMIN: dict[str, object] = {"_user_id": "solveig", "_fresh": True, "way": "password", "number": 0}


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_cookie_that_is_made_up_opens_nothing(siege: Siege, cookie: str) -> None:
    _with_cookie(siege, cookie).must_fail("unknown_session")


@pytest.mark.parametrize("key", ["", "secret", "dev", "forms-service", "0" * 64])
def test_a_cookie_of_a_guessed_key_opens_nothing(siege: Siege, key: str) -> None:
    _with_cookie(siege, _signed(siege, ADMIN, key or " ")).must_fail("unknown_session")


@pytest.mark.parametrize("place", [0, 5, 20, -1, -5, -20])
def test_a_cookie_with_one_letter_changed_opens_nothing(siege: Siege, place: int) -> None:
    genuine = list(_cookie(Visitor(siege.app.test_client()), siege))
    genuine[place] = "A" if genuine[place] != "A" else "B"
    attempt = _with_cookie(siege, "".join(genuine))
    if place == -1:  # the last letter of base64 carries bits that are not read
        assert attempt.status in (200, 302)
        return
    attempt.must_fail("unknown_session")


def test_the_session_from_before_signing_in_is_not_the_one_after(siege: Siege) -> None:
    victim = Visitor(siege.app.test_client())
    victim.token()
    planted = victim.client.get_cookie("session")
    assert planted is not None
    victim.post("/inn", person="nora")
    after = victim.client.get_cookie("session")
    assert after is not None
    assert after.value != planted.value
    _with_cookie(siege, planted.value).must_fail("signed_out", "unknown_session")


def test_a_copied_cookie_is_worth_nothing_after_signing_out(siege: Siege) -> None:
    visitor = Visitor(siege.app.test_client())
    copied = _cookie(visitor, siege)
    assert visitor.post("/ut").status_code == 302
    _with_cookie(siege, copied).must_fail("unknown_session")


def test_a_cookie_is_worth_nothing_once_access_is_closed(siege: Siege) -> None:
    copied = _cookie(Visitor(siege.app.test_client()), siege, "trond")
    _set_active(siege, "trond", active=False)
    attempt = _with_cookie(siege, copied)
    _set_active(siege, "trond", active=True)
    attempt.must_fail("unknown_session")


def _set_active(siege: Siege, who: str, *, active: bool) -> None:
    with siege.world.rt.database.writing() as db:
        db.get_one(PersonRow, who).active = active
    siege.last.clear()


def _cookie(visitor: Visitor, siege: Siege, who: str = "nils") -> str:
    assert visitor.post("/inn", person=who).status_code == 302
    found = visitor.client.get_cookie("session")
    assert found is not None
    return found.value


def _with_cookie(siege: Siege, cookie: str) -> Attempt:
    visitor = Visitor(siege.app.test_client())
    visitor.client.set_cookie("session", cookie)
    return _as(siege, visitor, "/oppgaver", "GET", None)


def _as(siege: Siege, visitor: Visitor, path: str, method: str, data: dict[str, str] | None) -> Attempt:
    """As somebody who is none of the town's."""
    siege.guests["guest"] = visitor
    return siege.ask("guest", path, method, data, {})
