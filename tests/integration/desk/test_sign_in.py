"""Signing in: a demo's people, on this machine only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms_service.app import create_app
from forms_service.engine.runtime import Runtime
from forms_service.storage.people import PersonRow
from tests.integration.casework.town import PEOPLE, Town
from tests.integration.desk.visitor import SignIn, Visitor


def test_somebody_who_is_signed_out_is_asked_who_she_is(nobody: Visitor) -> None:
    answer = nobody.get("/deltakere")
    assert (answer.status_code, answer.location) == (302, "/inn?neste=/deltakere")


def test_everybody_in_the_demo_can_be_chosen(nobody: Visitor) -> None:
    page = nobody.read("/inn")
    assert all(f'value="{key}"' in page for key in PEOPLE)


def test_after_signing_in_she_comes_to_what_she_wanted(nobody: Visitor) -> None:
    answer = nobody.post("/inn", person="nora", neste="/venteliste")
    assert answer.location == "/venteliste"
    assert "Nora" in nobody.read("/venteliste")


ELSEWHERE = [
    "https://example.org/",
    "//example.org",
    "/\\example.org",
    "example.org",
    "/\t/example.org",
    "/\n/example.org",
    "/\r\n/example.org",
    "/oppgaver\r\nSet-Cookie: a=b",
    "\t//example.org",
    "/a\\..\\b",
    "javascript:alert(1)",
    "//[",
    "/\x00",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_else(nobody: Visitor, elsewhere: str) -> None:
    assert nobody.post("/inn", person="nora", neste=elsewhere).location == "/"


def test_signing_in_makes_a_new_session(nobody: Visitor) -> None:
    nobody.get("/inn")
    before = nobody.client.get_cookie("session")
    nobody.post("/inn", person="nora")
    with nobody.client.session_transaction() as session:
        first = session["id"]
    nobody.post("/inn", person="siri")
    with nobody.client.session_transaction() as session:
        assert session["id"] != first
    assert before != nobody.client.get_cookie("session")


def test_signing_in_without_the_pages_token_is_refused(nobody: Visitor) -> None:
    assert nobody.client.post("/inn", data={"person": "nora"}).status_code == 400
    assert nobody.get("/oppgaver").status_code == 302


def test_signing_out_ends_it(signed_in_as: SignIn) -> None:
    nora = signed_in_as("nora")
    assert nora.post("/ut").location == "/inn"
    assert nora.get("/oppgaver").status_code == 302


def test_a_link_cannot_sign_anybody_out(signed_in_as: SignIn) -> None:
    nora = signed_in_as("nora")
    assert nora.get("/ut").status_code == 405
    assert nora.get("/oppgaver").status_code == 200


def test_ended_access_ends_at_once(signed_in_as: SignIn, town: Town) -> None:
    nora = signed_in_as("nora")
    town.change(PersonRow, "nora", active=False)
    assert nora.get("/oppgaver").status_code == 302
    assert nora.client.post("/inn", data={"person": "nora", "csrf_token": nora.token()}).status_code == 400


FROM_ELSEWHERE = {
    "the caller is another machine": {"REMOTE_ADDR": "192.0.2.7"},
    "the address asked for is another": {"HTTP_HOST": "tjenesten.example.org"},
    "a proxy stands between": {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    "a proxy tells of the protocol": {"HTTP_X_FORWARDED_PROTO": "https"},
    "a proxy tells of itself": {"HTTP_VIA": "1.1 proxy"},
    "a proxy tells of the caller": {"HTTP_FORWARDED": "for=192.0.2.7"},
    "another way to tell of the caller": {"HTTP_X_REAL_IP": "192.0.2.7"},
    "a tunnel stands between": {"HTTP_CF_RAY": "7", "HTTP_CF_CONNECTING_IP": "192.0.2.7"},
}


@pytest.mark.parametrize("environ", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE.keys())
def test_nobody_signs_in_as_a_demo_person_from_elsewhere(nobody: Visitor, environ: dict[str, str]) -> None:
    token = nobody.token()
    page = nobody.client.get("/inn", environ_overrides=environ)
    assert page.status_code == 200
    assert "Nora" not in page.text
    assert "Har du ikke konto?" in page.text
    data = {"person": "nora", "csrf_token": token}
    assert nobody.client.post("/inn", data=data, environ_overrides=environ).status_code in {400, 404}


def test_without_a_demo_nobody_can_be_chosen(rt: Runtime) -> None:
    real = replace(rt, settings=replace(rt.settings, demo=False))
    page = create_app(real).test_client().get("/inn")
    assert page.status_code == 200
    assert "Nora" not in page.text
    assert 'name="person"' not in page.text


def test_cookies_stay_with_us(rt: Runtime) -> None:
    public = replace(rt, settings=replace(rt.settings, base_url="https://tjenesten.example.org"))
    near = create_app(rt).test_client().get("/inn").headers["Set-Cookie"]
    assert all(part in near for part in ("HttpOnly", "SameSite=Lax"))
    assert "Secure" not in near
    client = create_app(public).test_client()
    with client.session_transaction() as session:
        session["id"] = "x"
    far = client.get_cookie("__Host-session")
    assert far is not None
    assert (far.http_only, far.same_site, far.secure) == (True, "Lax", True)


@pytest.mark.parametrize("environ", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE.keys())
def test_a_demos_cookie_opens_nothing_from_elsewhere(signed_in_as: SignIn, environ: dict[str, str]) -> None:
    solveig = signed_in_as("solveig")
    cookie = solveig.client.get_cookie("session")
    assert cookie is not None
    there = {"HTTP_COOKIE": f"session={cookie.value}", **environ}
    assert solveig.client.get("/oppgaver", environ_overrides=there).status_code == 302
    assert solveig.get("/oppgaver").status_code == 200


def test_a_demos_cookie_opens_nothing_where_there_is_no_demo(rt: Runtime, signed_in_as: SignIn) -> None:
    """The same secret key and the same database, started without the demo."""
    cookie = signed_in_as("solveig").client.get_cookie("session")
    assert cookie is not None
    for changed in ({"demo": False}, {"base_url": "https://tjenesten.example.org"}):
        client = create_app(replace(rt, settings=replace(rt.settings, **changed))).test_client()
        client.set_cookie("session", cookie.value)
        assert client.get("/oppgaver").status_code == 302, changed


def test_nobody_is_chosen_where_the_service_has_an_address_in_the_world(rt: Runtime) -> None:
    public = replace(rt, settings=replace(rt.settings, base_url="https://tjenesten.example.org"))
    assert 'name="person"' not in create_app(public).test_client().get("/inn").text


@pytest.mark.parametrize(("what", "hours"), [("used", 0.52), ("began", 10.02)])
def test_signing_in_does_not_last(signed_in_as: SignIn, what: str, hours: float) -> None:
    nora = signed_in_as("nora")
    with nora.client.session_transaction() as session:
        session[what] -= hours * 3600 - 120
    assert nora.get("/oppgaver").status_code == 200
    with nora.client.session_transaction() as session:
        session[what] -= hours * 3600
    assert nora.get("/oppgaver").status_code == 302


def test_what_a_page_fetches_by_itself_keeps_nobody_signed_in(signed_in_as: SignIn) -> None:
    nora = signed_in_as("nora")
    with nora.client.session_transaction() as session:
        session["used"] -= 20 * 60
        before = session["used"]
    nora.client.get("/oppgaver", headers={"HX-Request": "true"})
    with nora.client.session_transaction() as session:
        assert session["used"] == before
    nora.get("/oppgaver")
    with nora.client.session_transaction() as session:
        assert session["used"] > before + 19 * 60
