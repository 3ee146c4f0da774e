"""The language switch in the foot of every page: works by links, is remembered, and leads nowhere else."""

from __future__ import annotations

import re

import pytest

from forms_service.web.languages import COOKIE, our_languages
from tests.integration.desk.visitor import SignIn


def language_of(page: str) -> str:
    return "".join(re.findall(r'<html lang="([a-z]+)"', page))


def test_every_page_offers_all_our_languages_in_their_own_words(signed_in_as: SignIn):
    page = signed_in_as("solveig").read("/konto")
    assert our_languages() == ("nb", "nn", "en")
    assert re.search(r'<span lang="nb" aria-current="true">Bokmål</span>', page)
    assert re.search(r'<a class="ds-link" href="\?sprak=nn" lang="nn" hreflang="nn">Nynorsk</a>', page)
    assert re.search(r'href="\?sprak=en" lang="en" hreflang="en">English<', page)


def test_the_choice_leads_back_to_the_same_page_without_a_trace_in_its_address(signed_in_as: SignIn):
    answer = signed_in_as("solveig").get("/utboks?vis=stoppet&sprak=en")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/utboks?vis=stoppet")


def test_every_page_after_it_is_in_the_language_chosen(signed_in_as: SignIn):
    solveig = signed_in_as("solveig")
    solveig.get("/konto?sprak=en")
    page = solveig.read("/konto")
    assert language_of(page) == "en"
    assert "My account" in page
    assert "Sign out" in page
    assert "Coordinator" in page
    assert "Min konto" not in page


def test_the_choice_outlives_the_session_and_says_nothing_but_the_language(signed_in_as: SignIn):
    solveig = signed_in_as("solveig")
    answer = solveig.get("/konto?sprak=nn")
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"{COOKIE}=")]
    assert cookie.startswith(f"{COOKIE}=nn;")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    solveig.post("/ut")
    assert "Du er logga ut." in solveig.read("/inn")


def test_an_error_is_told_in_the_language_chosen(signed_in_as: SignIn):
    solveig = signed_in_as("solveig")
    solveig.get("/konto?sprak=en")
    answer = solveig.get("/finnes-ikke")
    assert answer.status_code == 404
    assert language_of(answer.text) == "en"
    assert "To the front page" in answer.text


def test_what_a_page_says_after_an_act_is_in_the_language_chosen(signed_in_as: SignIn):
    solveig = signed_in_as("solveig")
    solveig.get("/konto?sprak=en")
    answer = solveig.client.post("/ut", data={"csrf_token": solveig.token()}, follow_redirects=True)
    assert "You are signed out." in answer.text


@pytest.mark.parametrize("language", ["xx", "../nn", "NN", "nn%00", "se", "<script>"])
def test_what_is_no_language_of_ours_changes_nothing(signed_in_as: SignIn, language: str):
    solveig = signed_in_as("solveig")
    answer = solveig.get(f"/konto?sprak={language}")
    assert answer.status_code == 200
    assert language_of(answer.text) == "nb"


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "//evil.example/%2e%2e"])
def test_the_switch_leads_nowhere_else(signed_in_as: SignIn, path: str):
    location = signed_in_as("solveig").get(f"{path}?sprak=nn").headers.get("Location", "/")
    assert re.fullmatch(r"/(?![/\\]).*|/", location)


def test_a_cookie_that_somebody_made_up_is_passed_over(signed_in_as: SignIn):
    solveig = signed_in_as("solveig")
    solveig.client.set_cookie(COOKIE, "../../etc/passwd")
    assert language_of(solveig.read("/konto")) == "nb"
