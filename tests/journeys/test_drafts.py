"""Never lose what was typed: the browser, the server or the network goes away, and the words are there again."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import House
from tests.journeys.visitor import Visitor, visit, wait_for

FORM = "/skjema/intake"
TWO_SECONDS = 2.0
SAVED = "Lagret kl."


@pytest.fixture
def ingrid(open_day: House, browser: Browser) -> Iterator[Visitor]:
    """In front of an empty form."""
    visitor = signed_in(open_day, browser)
    visitor.open(FORM)
    if visitor.reads("Du fortsetter på et utkast"):
        visitor.page.get_by_role("button", name="Begynn på nytt").click()
        visitor.page.get_by_role("button", name="Slett og begynn på nytt").click()
        assert value_of(visitor.page, "participant_name") == ""
        visitor.page.wait_for_load_state()
    yield visitor
    visitor.context.close()


def signed_in(house: House, browser: Browser, **options: object) -> Visitor:
    visitor = visit(browser, house.address, **options)
    visitor.sign_in("Ingrid Havnes")
    return visitor


def type_into(page: Page, name: str, words: str, delay: float = 0) -> None:
    page.locator(f"[name={name}]").press_sequentially(words, delay=delay)


def value_of(page: Page, name: str) -> str:
    return page.locator(f"[name={name}]").input_value()


def status_of(page: Page) -> str:
    return page.locator("#utkast-status").inner_text()


def test_words_are_there_again_two_seconds_after_they_were_typed_when_the_browser_is_killed(
    open_day: House, browser: Browser, ingrid: Visitor
) -> None:
    type_into(ingrid.page, "participant_name", "Ánne Liv")
    type_into(ingrid.page, "wishes", "Noen å gå tur med.")
    time.sleep(TWO_SECONDS)
    assert SAVED in status_of(ingrid.page)
    ingrid.context.close()
    again = signed_in(open_day, browser)
    again.open("/oppgaver")
    again.go("Mine utkast")
    again.check_page()
    again.go("Forespørsel om likemann")
    assert value_of(again.page, "participant_name") == "Ánne Liv"
    assert value_of(again.page, "wishes") == "Noen å gå tur med."
    assert again.reads("Du fortsetter på et utkast")
    again.check_page()
    assert ingrid.complaints == again.complaints == []
    again.context.close()


def test_somebody_who_never_stops_typing_loses_two_seconds_at_most(
    open_day: House, browser: Browser, ingrid: Visitor
) -> None:
    """Without a pause there is no quiet moment to wait for."""
    letters = "abcdefghijklmnopqrstuvwxyz" * 3
    typed_at: list[float] = []
    for letter in letters:
        type_into(ingrid.page, "wishes", letter)
        typed_at.append(time.monotonic())
        time.sleep(0.05)
    for page in ingrid.context.pages:
        page.route("**/*", lambda route: route.abort())
    killed = time.monotonic()
    again = signed_in(open_day, browser)
    again.open(FORM)
    kept = len(value_of(again.page, "wishes"))
    safe = sum(at < killed - TWO_SECONDS for at in typed_at)
    assert safe > 0
    assert kept >= safe, (kept, safe)
    again.context.close()


def test_the_web_server_is_killed_and_what_was_typed_before_and_meanwhile_is_kept(
    house: House, browser: Browser
) -> None:
    ingrid = signed_in(house, browser)
    ingrid.open(FORM)
    type_into(ingrid.page, "participant_name", "Før")
    wait_for(lambda: SAVED in status_of(ingrid.page))
    killed = house.parts("forms_service web")
    for web in killed:
        os.kill(web, signal.SIGKILL)
    type_into(ingrid.page, "wishes", "Mens tjenesten var borte.")
    wait_for(lambda: not set(killed) & set(house.parts("forms_service web")) and is_up(house), seconds=60)
    wait_for(lambda: kept(house, browser, "wishes") == "Mens tjenesten var borte.", seconds=60)
    assert kept(house, browser, "participant_name") == "Før"
    ingrid.context.close()


def test_without_network_the_page_says_that_it_is_not_saved_and_saves_when_it_is_back(
    open_day: House, browser: Browser, ingrid: Visitor
) -> None:
    ingrid.context.set_offline(True)
    type_into(ingrid.page, "participant_name", "Uten nett")
    wait_for(lambda: status_of(ingrid.page) == "Ikke lagret – vi prøver igjen")
    ingrid.context.set_offline(False)
    wait_for(lambda: SAVED in status_of(ingrid.page))
    assert kept(open_day, browser, "participant_name") == "Uten nett"


def test_two_tabs_are_told_of_each_other_and_both_texts_can_be_had(ingrid: Visitor) -> None:
    other = ingrid.context.new_page()
    other.goto(ingrid.page.url)
    type_into(ingrid.page, "participant_name", "Første fane")
    wait_for(lambda: SAVED in status_of(ingrid.page))
    type_into(other, "participant_name", "Andre fane")
    other.get_by_text("Utkastet er endret et annet sted").wait_for()
    type_into(other, "participant_name", " mer")
    wait_for(lambda: "Endret et annet sted" in status_of(other))
    other.get_by_role("button", name="Vis det andre").click()
    wait_for(lambda: value_of(other, "participant_name") == "Første fane")
    other.get_by_role("button", name="Vis det som ble skrevet et annet sted").click()
    wait_for(lambda: value_of(other, "participant_name") == "Andre fane mer")


def test_somebody_who_is_signed_out_goes_on_when_she_has_signed_in_in_another_tab(
    open_day: House, browser: Browser, ingrid: Visitor
) -> None:
    ingrid.context.clear_cookies()
    type_into(ingrid.page, "participant_name", "Etter lunsj")
    wait_for(lambda: "du er logget ut" in status_of(ingrid.page))
    other = ingrid.context.new_page()
    other.goto(f"{open_day.address}/inn")
    other.get_by_role("button", name="Ingrid Havnes").click()
    wait_for(lambda: SAVED in status_of(ingrid.page))
    assert kept(open_day, browser, "participant_name") == "Etter lunsj"


def test_the_last_words_of_whoever_leaves_the_page_are_kept(open_day: House, browser: Browser, ingrid: Visitor) -> None:
    type_into(ingrid.page, "participant_name", "Siste ord")
    ingrid.open("/oppgaver")
    wait_for(lambda: kept(open_day, browser, "participant_name") == "Siste ord")


def kept(house: House, browser: Browser, name: str) -> str:
    """What somebody finds who opens the form on another machine."""
    other = signed_in(house, browser, java_script_enabled=False)
    other.open(FORM)
    found = value_of(other.page, name)
    other.context.close()
    return found


def is_up(house: House) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", int(house.environment["FORMS_PORT"]))) == 0
