"""Every page, as every role, on a wide screen, a narrow one and a dark one: axe finds nothing, nothing sticks out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import House
from tests.journeys.visitor import Visitor, visit

SCREENS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
PEOPLE = {
    "Ingrid Havnes": ("/oppgaver", "/innboks", "/deltakere", "/venteliste", "/skjema/intake"),
    "Kari Fjellanger": ("/oppgaver", "/deltakere", "/venteliste", "/likemenn", "/utboks", "/drift", "/skjema/intake"),
    "Marit Øyehaug": ("/oppgaver", "/innboks", "/deltakere"),
    "Tone Lindbak": ("/oppgaver", "/innboks", "/deltakere"),
    "Sigurd Åsheim": ("/", "/venteliste"),
    "Vigdis Solvang": ("/drift",),
}
"""Who looks at which lists; from each list the first page of each kind below it is looked at too."""

BELOW = ("/deltakere/", "/oppgaver/", "/utboks/", "/kvittering/", "/start/", "/skjema/")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_is_accessible_and_fits(open_day: House, browser: Browser, name: str, screen: str) -> None:
    visitor = visit(browser, open_day.address, **SCREENS[screen])
    visitor.open("/inn")
    visitor.check_page()
    visitor.sign_in(name)
    for path in pages_of(visitor, PEOPLE[name]):
        answer = visitor.open(path)
        assert answer is not None
        assert answer.status == 200, path
        visitor.check_page()
    assert visitor.complaints == []
    visitor.context.close()


def pages_of(visitor: Visitor, lists: tuple[str, ...]) -> Iterator[str]:
    """The lists, and the first page of each kind that they lead to."""
    seen: dict[str, str] = {}
    for path in lists:
        yield path
        visitor.open(path)
        for link in visitor.page.locator("main a[href^='/']").all():
            href = link.get_attribute("href") or ""
            kind = next((start for start in BELOW if href.startswith(start)), "")
            if kind and kind not in seen:
                seen[kind] = href
    yield from [path for path in seen.values() if path not in lists]


@pytest.mark.parametrize("path", ["/finnes-ikke", "/deltakere/finnes-ikke", "/dokumenter/finnes-ikke"])
def test_a_page_that_is_not_there_says_so_accessibly(open_day: House, browser: Browser, path: str) -> None:
    visitor = visit(browser, open_day.address)
    visitor.sign_in("Kari Fjellanger")
    answer = visitor.open(path)
    assert answer is not None
    assert answer.status == 404
    visitor.check_page()
    visitor.context.close()


def test_a_form_with_errors_is_accessible_and_keeps_what_was_typed(open_day: House, browser: Browser) -> None:
    visitor = visit(browser, open_day.address, viewport={"width": 320, "height": 640})
    visitor.sign_in("Ingrid Havnes")
    visitor.open("/skjema/intake")
    visitor.fill(participant_name="Áile Ŋáŧŧi 🌿", birth_year="88", wishes="Gå tur")
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.locator(".ds-error-summary").wait_for()
    visitor.check_page()
    assert visitor.page.locator("[name=participant_name]").input_value() == "Áile Ŋáŧŧi 🌿"
    assert visitor.page.locator("[name=birth_year]").input_value() == "88"
    assert visitor.page.locator("[name=wishes]").input_value() == "Gå tur"
    visitor.context.close()


def test_a_request_can_be_sent_without_javascript_on_a_narrow_screen(open_day: House, browser: Browser) -> None:
    visitor = visit(browser, open_day.address, java_script_enabled=False, viewport={"width": 320, "height": 640})
    visitor.sign_in("Ingrid Havnes")
    send_request(visitor, "Uten Skript")
    assert "/kvittering/" in visitor.page.url
    visitor.open("/deltakere")
    assert visitor.reads("Uten Skript")
    visitor.context.close()


def test_a_request_can_be_sent_with_the_keyboard_alone(open_day: House, browser: Browser) -> None:
    visitor = visit(browser, open_day.address)
    visitor.sign_in("Ingrid Havnes")
    visitor.open("/skjema/intake")
    keys = visitor.page.keyboard
    visitor.page.locator("[name=participant_name]").focus()
    keys.type("Bare Tastatur")
    for answer in ("Space", "1990", "", "", "Space", "Space", "Space", "Space", ""):
        keys.press("Tab")
        keys.press(answer) if answer == "Space" else keys.type(answer)
    keys.press("Tab")
    keys.press("Enter")
    visitor.page.wait_for_url("**/kvittering/*")
    assert visitor.reads("Forespørselen er sendt")
    visitor.context.close()


def test_the_button_pressed_twice_and_two_tabs_give_one_request(open_day: House, browser: Browser) -> None:
    visitor = visit(browser, open_day.address)
    visitor.sign_in("Jonas Brekkan")
    first, second = visitor.page, visitor.context.new_page()
    receipts = set()
    for tab in (first, second):
        visitor.page = tab
        visitor.open("/skjema/intake")
        fill_request(visitor, "Dobbelt Trykk")
    for tab in (first, second):
        tab.locator("main form button[type=submit]").last.dblclick()
        tab.wait_for_url("**/kvittering/*")
        receipts.add(tab.url)
    assert len(receipts) == 1
    visitor.open("/deltakere")
    assert visitor.page.get_by_role("link", name="Dobbelt Trykk").count() == 1
    visitor.context.close()


def fill_request(visitor: Visitor, name: str) -> None:
    visitor.fill(
        participant_name=name, participant_gender="man", birth_year="1990", phase="during_lar",
        own_wish="yes", relatively_drug_free="unsure", lacks_network="yes",
    )  # fmt: skip


def send_request(visitor: Visitor, name: str) -> None:
    visitor.open("/skjema/intake")
    fill_request(visitor, name)
    visitor.send()
