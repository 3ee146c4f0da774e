"""From an empty installation to somebody at work: a link on the terminal, an invitation, a forgotten password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fixtures.mail import Mailbox
from tests.journeys.conftest import House, open_house
from tests.journeys.visitor import Visitor, visit, wait_for

LINK = re.compile(r"http://\S+/konto/lenke/\S+")
PASSWORD, ANOTHER = "blåbærsyltetøy på vaffel", "rabarbra og jordbær"
NARROW_AND_PLAIN = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}


@pytest.fixture
def real_house(tmp_path: Path, smtp: Mailbox) -> Iterator[House]:
    """No demo: nobody is in it yet."""
    with open_house(tmp_path, FORMS_SMTP_URL=smtp.url, FORMS_DEMO="no") as house:
        yield house


def test_an_administrator_begins_invites_a_colleague_and_helps_her(
    real_house: House, browser: Browser, smtp: Mailbox
) -> None:
    words = ("--name", "Vigdis Solvang", "--email", "vigdis@kommunen.no", "--role", "admin")
    vigdis = visit(browser, real_house.address, viewport={"width": 320, "height": 640})
    vigdis.open("/inn")
    choose_by_keyboard(vigdis, link_in(real_house.command("account", "add", *words)), PASSWORD)
    enter_by_keyboard(vigdis, "Vigdis@Kommunen.no", PASSWORD)
    vigdis.open("/drift/kontoer/ny")

    vigdis.fill(name="Kari Fjellanger", email="kari@kommunen.no", role="coordinator")
    vigdis.send()
    assert vigdis.reads("Invitert")
    vigdis.check_page()
    invitation = mail_number(smtp, 1)

    kari = visit(browser, real_house.address, **NARROW_AND_PLAIN)
    kari.open(invitation)
    kari.fill(password="kort", again="kort")
    kari.page.get_by_role("button", name="Lagre passordet").click()
    assert kari.reads("Passordet må være på minst 12 tegn")
    choose(kari, PASSWORD)
    assert kari.reads("Passordet er lagret")
    enter(kari, "kari@kommunen.no", "feil passord her")
    assert kari.reads("E-postadressen eller passordet er ikke riktig")
    enter(kari, "kari@kommunen.no", PASSWORD)
    assert kari.reads("Kari Fjellanger")
    kari.open(invitation)
    assert kari.reads("Lenken gjelder ikke lenger")

    forgetful = visit(browser, real_house.address, **NARROW_AND_PLAIN)
    forgetful.open("/inn")
    forgetful.go("Glemt passord?")
    forgetful.fill(email="kari@kommunen.no")
    forgetful.send()
    assert forgetful.reads("Se i innboksen din")
    forgetful.open(mail_number(smtp, 2))
    choose(forgetful, ANOTHER)
    kari.open("/konto")
    assert kari.reads("Logg inn"), "her session has ended with the old password"
    enter(forgetful, "kari@kommunen.no", ANOTHER)
    forgetful.open("/konto")
    assert forgetful.reads("Valgte passord med lenken")
    assert [*vigdis.complaints, *kari.complaints, *forgetful.complaints] == []


def test_the_pages_of_accounts_are_accessible_when_something_is_wrong(open_day: House, browser: Browser) -> None:
    vigdis = visit(browser, open_day.address)
    look_at(vigdis, "/inn", "/konto/lenke/feil")
    vigdis.sign_in("Vigdis Solvang")
    vigdis.open("/drift/kontoer/ny")
    vigdis.page.get_by_role("button", name="Send invitasjon").click()
    vigdis.page.wait_for_load_state()
    assert vigdis.reads("For å gå videre må du rette opp følgende feil")
    vigdis.check_on_every_screen()
    vigdis.open("/drift/kontoer")
    vigdis.go("Kari Fjellanger")
    vigdis.page.get_by_role("button", name="Avslutt tilgangen").click()
    vigdis.page.wait_for_load_state()
    assert vigdis.reads("Skriv hvorfor")
    vigdis.check_on_every_screen()
    vigdis.context.close()


def look_at(visitor: Visitor, *paths: str) -> None:
    for path in paths:
        visitor.open(path)
        visitor.check_on_every_screen()


def choose_by_keyboard(visitor: Visitor, link: str, password: str) -> None:
    """Tabs and the Enter key alone, from the field for the new password."""
    visitor.open(link)
    visitor.check_on_every_screen()
    visitor.page.get_by_label("Nytt passord").focus()
    visitor.page.keyboard.type(password)
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.type(password)
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/inn")


def enter_by_keyboard(visitor: Visitor, email: str, password: str) -> None:
    visitor.page.get_by_label("E-post").focus()
    visitor.page.keyboard.type(email)
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.type(password)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(lambda url: not url.endswith("/inn"))


def choose(visitor: Visitor, password: str) -> None:
    visitor.fill(password=password, again=password)
    visitor.send()


def enter(visitor: Visitor, email: str, password: str) -> None:
    visitor.open("/inn")
    visitor.fill(email=email, password=password)
    visitor.page.get_by_role("button", name="Logg inn").click()
    visitor.page.wait_for_load_state()


def link_in(text: str) -> str:
    found = LINK.search(text)
    assert found is not None
    return found[0]


def mail_number(smtp: Mailbox, number: int) -> str:
    """The link that it brings."""
    wait_for(lambda: len(smtp.messages) >= number, seconds=60)
    return link_in(smtp.texts()[number - 1])
