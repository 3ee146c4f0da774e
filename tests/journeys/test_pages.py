"""Every page, as every role, on a wide screen, a narrow one and a dark one: axe finds nothing, nothing sticks out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import House
from tests.journeys.visitor import Visitor, visit
from tests.journeys.walk import walk
from tools.accessibility import pages

BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    "Ingrid Havnes": ("/oppgaver", "/oppgaver?vis=kontoret", "/innboks", "/deltakere", "/venteliste", "/konto"),
    "Kari Fjellanger": (
        *("/deltakere", "/oppgaver", "/oppgaver?vis=venter-paa-andre", "/utkast", "/uken", "/fravaer", "/innboks"),
        *("/venteliste", "/likemenn", "/utboks", "/drift", "/drift/kjoringer", "/konto"),
    ),
    "Marit Øyehaug": ("/oppgaver", "/innboks", "/deltakere"),
    "Tone Lindbak": ("/oppgaver", "/innboks", "/deltakere"),
    "Sigurd Åsheim": ("/", "/venteliste"),
    "Vigdis Solvang": (
        *("/drift", "/drift/kjoringer", "/drift/kjoringer?sok=finnes+ikke", "/drift/arbeidsflyter"),
        *("/drift/skjemaer", "/drift/versjoner", "/drift/maskinen", "/drift/kontoer", "/konto"),
        *("/glemt-passord", "/glemt-passord/sendt"),
    ),
}
"""Where people begin; each kind of page that links lead to from there is looked at once in each role."""
KARI, VIGDIS, FORMS, ACCOUNTS, SPINE, REGISTER = (
    *("Kari Fjellanger", "Vigdis Solvang"),
    *("test_forms", "test_accounts", "test_spine", "test_register"),
)
LOOKED_AT_BY: Mapping[str, tuple[str, ...]] = {
    KARI: (
        *("desk.tasks", "forms.task", "handing.task", "forms.start", "forms.confirm", "forms.receipt", "inbox.mine"),
        *("drafts.mine", "drafts.ask", "everyone.listed", "participants.one", "participants.standing", "looks.whole"),
        *("matching.waiting", "matching.everyone", "outbox.messages", "outbox.message", "week.overview", "week.whole"),
        *("absence.everyone", "absence.one", "absence.mine", "my_account.mine"),
    ),
    VIGDIS: (
        *("operations.overview", "operations.versions", "operations.machine", "preview.everything", "preview.one"),
        *("runs.everything", "runs.one", "runs.workflows", "runs.workflow", "runs.act_on_run", "runs.act_on_step"),
        *("accounts.everyone", "accounts.person", "accounts.new", "sign_in.forgotten", "sign_in.forgotten_sent"),
    ),
    "what can be done to a run": ("runs.move",),
    FORMS: ("forms.link", "forms.link_thanks"),
    ACCOUNTS: ("sign_in.choose", "sign_in.show_link"),
    SPINE: ("links.link", "forms.from_paper"),
    REGISTER: ("records.everything",),
}
"""Whose walk must come to a page, or which other journey looks at it."""


def test_a_page_is_looked_at_by_somebody() -> None:
    looked_at = {endpoint for endpoints in LOOKED_AT_BY.values() for endpoint in endpoints}
    assert looked_at == pages().keys()


@pytest.mark.parametrize("name", BEGINNINGS)
def test_every_page_is_accessible_and_fits(open_day: House, browser: Browser, name: str) -> None:
    visitor = visit(browser, open_day.address)
    visitor.sign_in(name)
    if name == KARI:
        begin_a_draft(visitor)
    seen = walk(visitor, BEGINNINGS[name])
    assert set(LOOKED_AT_BY.get(name, ())) <= seen
    assert visitor.complaints == []
    visitor.context.close()


def begin_a_draft(visitor: Visitor) -> None:
    visitor.open("/skjema/intake")
    visitor.fill(participant_name="Bare begynt")
    visitor.page.get_by_role("button", name="Lagre utkast").click()
    visitor.page.get_by_text("Utkastet er lagret").wait_for()


def test_every_page_of_what_can_be_done_to_a_run_is_accessible_and_fits(open_day: House, browser: Browser) -> None:
    visitor = visit(browser, open_day.address)
    visitor.sign_in("Vigdis Solvang")
    visitor.open("/drift/kjoringer?arbeidsflyt=intake&status=active")
    visitor.page.locator("main table a").first.click()
    visitor.page.wait_for_load_state()
    run = visitor.page.url.rsplit("/", 1)[1]
    acts = visitor.page.locator("main a[href*='/gjor/'], main a[href*='/steg/']").all()
    by_kind = {href.rsplit("/", 1)[1]: href for link in acts if (href := link.get_attribute("href"))}
    assert set(by_kind) >= {"pause", "avbryt", "hopp-over", "frist", "gi-videre"}
    for path in (f"/drift/ny-versjon?kjoring={run}", *by_kind.values()):
        visitor.open(path)
        visitor.check_on_every_screen()
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.locator(".ds-error-summary").wait_for()
    visitor.check_on_every_screen()
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
    visitor.check_on_every_screen()
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
