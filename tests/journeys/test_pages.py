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
    "Ingrid Havnes": (
        "/oppgaver",
        "/utkast",
        "/innboks",
        "/deltakere",
        "/venteliste",
        "/skjema/intake",
        "/konto/fravaer",
    ),
    "Kari Fjellanger": (
        *("/oppgaver", "/deltakere", "/venteliste", "/likemenn", "/utboks", "/skjema/intake"),
        *("/uken", "/uken/frister", "/fravaer", "/konto/fravaer", "/oppgaver?vis=venter-paa-andre"),
        *("/drift", "/drift/kjoringer", "/drift/arbeidsflyter"),
    ),
    "Marit Øyehaug": ("/oppgaver", "/innboks", "/deltakere"),
    "Tone Lindbak": ("/oppgaver", "/innboks", "/deltakere"),
    "Sigurd Åsheim": ("/", "/venteliste"),
    "Vigdis Solvang": (
        "/drift",
        "/drift/kjoringer",
        "/drift/kjoringer?sok=finnes+ikke",
        "/drift/arbeidsflyter",
        "/drift/skjemaer",
        "/drift/versjoner",
        "/drift/maskinen",
        "/drift/kontoer",
        "/drift/kontoer/ny",
        "/konto",
        "/glemt-passord",
        "/glemt-passord/sendt",
    ),
}
"""Who looks at which lists; from each list the first page of each kind below it is looked at too."""

BELOW = (
    *("/deltakere/", "/oppgaver/", "/utboks/", "/kvittering/", "/start/", "/skjema/"),
    *("/drift/kjoringer/", "/drift/arbeidsflyter/", "/drift/skjemaer/", "/drift/kontoer/", "/fravaer/"),
)
DEEPER = ("/innsyn", "/saken", "/gi-videre", "/lenke", "/fra-papir", "/slett")
"""How addresses end that such a page leads to."""


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
    """The lists, the first page of each kind that they lead to, and the first of each kind below that."""
    seen: dict[str, str] = {}
    for path in lists:
        yield path
        visitor.open(path)
        for link in visitor.page.locator("main a[href^='/']").all():
            href = link.get_attribute("href") or ""
            kind = next((start for start in BELOW if href.startswith(start)), "")
            if kind and kind not in seen:
                seen[kind] = href
    for path in [path for path in seen.values() if path not in lists]:
        yield path
        for link in visitor.page.locator("main a[href^='/']").all():
            href = link.get_attribute("href") or ""
            ending = next((ending for ending in DEEPER if href.endswith(ending)), "")
            if ending and ending not in seen:
                seen[ending] = href
    yield from [seen[ending] for ending in DEEPER if ending in seen]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_of_what_can_be_done_to_a_run_is_accessible_and_fits(
    open_day: House, browser: Browser, screen: str
) -> None:
    visitor = visit(browser, open_day.address, **SCREENS[screen])
    visitor.sign_in("Vigdis Solvang")
    visitor.open("/drift/kjoringer?arbeidsflyt=intake&status=active")
    visitor.page.locator("main table a").first.click()
    visitor.page.wait_for_load_state()
    acts = visitor.page.locator("main a[href*='/gjor/'], main a[href*='/steg/']").all()
    by_kind = {href.rsplit("/", 1)[1]: href for link in acts if (href := link.get_attribute("href"))}
    assert set(by_kind) >= {"pause", "avbryt", "hopp-over", "frist", "gi-videre"}
    for path in by_kind.values():
        visitor.open(path)
        visitor.check_page()
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.locator(".ds-error-summary").wait_for()
    visitor.check_page()
    assert visitor.complaints == []
    visitor.context.close()


def test_the_picture_of_a_workflow_is_a_list_where_there_is_no_room(open_day: House, browser: Browser) -> None:
    for width, is_drawn in ((1280, True), (320, False)):
        visitor = visit(browser, open_day.address, viewport={"width": width, "height": 640})
        visitor.sign_in("Vigdis Solvang")
        visitor.open("/drift/arbeidsflyter/final_report")
        assert visitor.page.locator(".picture-drawing").is_visible() is is_drawn
        box = visitor.page.locator(".picture-list").bounding_box()
        assert box is not None
        assert (box["width"] > 200) is not is_drawn
        visitor.context.close()


def test_a_run_is_paused_and_goes_on_without_javascript_by_the_keyboard_on_a_narrow_screen(
    open_day: House, browser: Browser
) -> None:
    visitor = visit(browser, open_day.address, java_script_enabled=False, viewport={"width": 320, "height": 640})
    visitor.sign_in("Vigdis Solvang")
    visitor.open("/drift/kjoringer?arbeidsflyt=intake&status=active")
    visitor.page.locator("main table a").first.click()
    for link, words in (("Sett på pause", "Kjøringen står på pause"), ("Gå videre", "Kjøringen går videre")):
        visitor.page.get_by_role("link", name=link).focus()
        visitor.page.keyboard.press("Enter")
        visitor.page.locator("#reason").focus()
        visitor.page.keyboard.type("Etter avtale")
        visitor.page.keyboard.press("Tab")
        visitor.page.keyboard.press("Enter")
        visitor.page.get_by_text(words).first.wait_for()
    visitor.context.close()


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
    visitor.page.locator("main form button[type=submit]:not([name=_do])").last.click()
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
    for answer in ("Space", "1990", "Space", "Space", "Space", "Space", "", "", ""):
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
        tab.locator("main form button[type=submit]:not([name=_do])").last.dblclick()
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
