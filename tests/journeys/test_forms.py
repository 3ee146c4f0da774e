"""A tired person can finish them: quickly by keyboard, with a thumb, four times as large, without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.journeys.conftest import ROOT, House
from tests.journeys.typist import Typist
from tests.journeys.visitor import Visitor, visit

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
FOUR_TIMES: dict[str, Any] = {"viewport": {"width": 320, "height": 200}, "device_scale_factor": 4}
"""A window of 1280 × 800 at 400 %."""
TWO_MINUTES = 120
THUMB = 44
"""Pixels: WCAG 2.5.5 and the platforms' own rule for what a thumb meets."""
INVITED = "jorgen@post.example"
"""Whose evaluation waits in the demo."""
PAGES = (3, 4, 4, 0)
"""How many statements each page of the self-evaluation has."""
SEND = "main form button[type=submit]:not([name=_do]):not([name=_clear])"
SHIPPED = sorted(file.stem for file in (ROOT / "workflows" / "forms").glob("*.yaml"))
REQUEST = {
    "participant_gender": "woman", "birth_year": "1991", "phase": "during_treatment",
    "own_wish": "yes", "relatively_drug_free": "yes", "lacks_network": "yes",
}  # fmt: skip


@pytest.fixture
def elle(open_day: House, browser: Browser) -> Iterator[Visitor]:
    """In front of an empty request."""
    visitor = visit(browser, open_day.address, **WIDE)
    empty(visitor)
    yield visitor
    visitor.context.close()


# The request


def test_a_request_is_typed_and_sent_in_two_minutes_by_keyboard_alone(elle: Visitor) -> None:
    elle.page.locator("h1").click()  # where a new page begins
    typist = Typist(elle.page)
    typist.go_to("participant_name")
    typist.type("Marte Kristine Solbakken")
    choose(typist, "participant_gender", 1)
    typist.go_to("birth_year")
    typist.type("1991")
    choose(typist, "phase", 2)
    for question, number in (("own_wish", 1), ("relatively_drug_free", 1), ("lacks_network", 3)):
        choose(typist, question, number)
    typist.go_to("participant_phone")
    typist.type("41234567")
    typist.go_to("participant_email")
    typist.type("marte.kristine@post.example")
    typist.go_to("wishes")
    typist.type("Noen å gå tur med, og følge til lege og NAV den første tiden.")
    typist.send("**/kvittering/*")
    assert elle.reads("Forespørselen er sendt")
    assert typist.seconds < TWO_MINUTES, typist.seconds
    assert elle.complaints == []


def choose(typist: Typist, question: str, number: int) -> None:
    """Space takes the first one, each arrow the next."""
    typist.go_to(question)
    typist.press("Space", *["ArrowDown"] * (number - 1))
    assert typist.page.locator(f"#svar-{question}-{number}").is_checked()


def test_all_that_a_request_must_hold_is_on_one_screen(elle: Visitor) -> None:
    required = elle.page.locator(".form-question:visible", has_text="Må fylles ut")
    assert required.count() == 8
    required.first.evaluate("question => scrollTo(0, question.getBoundingClientRect().top + scrollY)")
    for number in range(required.count()):
        box = required.nth(number).bounding_box()
        assert box is not None
        assert box["y"] > -1, required.nth(number).inner_text()
        assert box["y"] + box["height"] <= WIDE["viewport"]["height"], required.nth(number).inner_text()


def test_a_whole_form_is_filled_in_by_keyboard_without_script(open_day: House, browser: Browser) -> None:
    """Also questions that follow from an answer: they come with a button instead of by themselves."""
    anders = visit(browser, open_day.address, java_script_enabled=False, **WIDE)
    anders.sign_in("Anders Myrvoll")
    anders.open("/deltakere")
    anders.go("Jørgen Tveitane")
    anders.go("Avslutt koblingen")
    anders.page.locator(SEND).last.focus()
    anders.page.keyboard.press("Enter")
    anders.page.wait_for_url("**/oppgaver/*")
    anders.page.locator("[name=reason]").first.focus()
    anders.page.keyboard.press("Space")
    press_by_keyboard(anders.page.get_by_role("button", name="Vis spørsmålene som følger av svaret").first)
    goal = anders.page.locator("[name=goal_1_status]").first
    goal.focus()
    anders.page.keyboard.press("Space")
    assert goal.is_checked()
    press_by_keyboard(anders.page.get_by_role("button", name="Lagre utkast"))
    assert anders.reads("Utkastet er lagret")
    assert anders.page.locator("[name=goal_1_status]").first.is_checked()
    anders.context.close()


def press_by_keyboard(button: Locator) -> None:
    button.focus()
    with button.page.expect_navigation():
        button.page.keyboard.press("Enter")


# The self-evaluation


@pytest.fixture(scope="module")
def link(open_day: House) -> str:
    """The one-time link to the self-evaluation that waits in the demo."""
    mailbox = Path(open_day.environment["FORMS_INSTANCE"]) / "mailbox"
    letters = [message_from_bytes(file.read_bytes(), policy=default) for file in mailbox.glob("*.eml")]
    texts = [str(each.get_content()) for each in letters if INVITED in str(each["To"])]
    [token] = {found[1] for text in texts if (found := re.search(r"/l/(\S+)", text))}
    return f"{open_day.address}/l/{token}"


def test_the_self_evaluation_is_answered_with_one_thumb(open_day: House, browser: Browser, link: str) -> None:
    jorgen = visit(browser, open_day.address, **PHONE)
    jorgen.open(link)
    for steps in PAGES:
        for row in jorgen.page.locator(".form-scale-row:visible").all():
            row.locator("label").nth(3).tap()
        assert jorgen.page.locator(".form-scale-row:visible :checked").count() == steps
        check_thumb(jorgen.page, at_least=7 * steps)
        jorgen.go_on()
    assert jorgen.page.url.endswith("?steg=se-over")
    check_thumb(jorgen.page, at_least=1)
    check_everywhere(jorgen)
    assert jorgen.complaints == []
    jorgen.context.close()


TARGETS = """() => [...document.querySelectorAll(
  'main a, main button, main select, main textarea, main input:not([type=radio], [type=checkbox]), main label[for]'
)].filter(each => {
  const caption = each.control && !['radio', 'checkbox'].includes(each.control.type);
  return !caption && each.checkVisibility() && !each.matches('[type=hidden], [tabindex="-1"], .ds-sr-only');
}).map(each => {
  const box = each.getBoundingClientRect();
  return {...box.toJSON(), from_top: box.bottom + scrollY, words: each.outerHTML.slice(0, 150)};
})"""
"""What a thumb can meet. Radios and tick boxes are met on their words; the caption over a field is none."""


def check_thumb(page: Page, at_least: int) -> None:
    """Every target is large enough, inside the screen's width, and can be brought into its lower two thirds."""
    targets = page.evaluate(TARGETS)
    assert len(targets) >= at_least
    for target in targets:
        assert min(target["width"], target["height"]) >= THUMB, target
        assert target["left"] >= 0, target
        assert target["right"] <= PHONE["viewport"]["width"], target
        assert target["from_top"] > PHONE["viewport"]["height"] / 3, target


# Every state


def empty(visitor: Visitor) -> None:
    visitor.sign_in("Elle Márjá Sárá")
    open_anew(visitor, "/skjema/intake")


def open_anew(visitor: Visitor, address: str) -> None:
    """A form without what somebody has left in it."""
    visitor.open(address)
    again = visitor.page.get_by_role("button", name="Begynn på nytt")
    if again.count():
        for button in (again.first, visitor.page.get_by_role("button", name="Slett og begynn på nytt")):
            with visitor.page.expect_navigation():
                button.click()


def errors(visitor: Visitor) -> None:
    empty(visitor)
    visitor.page.locator(SEND).last.click()
    visitor.page.locator(".ds-error-summary").wait_for()


def continued(visitor: Visitor) -> None:
    empty(visitor)
    visitor.fill(participant_name="Bare begynt")
    visitor.page.get_by_role("button", name="Lagre utkast").click()
    visitor.page.get_by_text("Utkastet er lagret").wait_for()
    visitor.open("/skjema/intake")


def begin_anew(visitor: Visitor) -> None:
    continued(visitor)
    visitor.page.get_by_role("button", name="Begynn på nytt").click()
    visitor.page.get_by_role("button", name="Slett og begynn på nytt").wait_for()


def receipt(visitor: Visitor) -> None:
    empty(visitor)
    visitor.fill(participant_name="Sendt Inn", **REQUEST)
    visitor.send()
    visitor.page.get_by_text("Sendt", exact=True).first.wait_for()


def sent_already(visitor: Visitor) -> None:
    """A second tab sends other words."""
    empty(visitor)
    second = visitor.context.new_page()
    second.goto(visitor.page.url)
    visitor.page.bring_to_front()
    visitor.fill(participant_name="Først", **REQUEST)
    visitor.send()
    visitor.page = second
    second.bring_to_front()
    visitor.fill(participant_name="Sist", **REQUEST)
    second.locator(SEND).last.click()
    second.get_by_role("button", name="Send som ny").wait_for()


def too_late(visitor: Visitor) -> None:
    """Somebody else answers the same task first."""
    visitor.sign_in("Kari Fjellanger")
    visitor.open("/oppgaver")
    visitor.go("Førstesamtale")
    colleague = visit(visitor.context.browser, visitor.address)  # type: ignore[arg-type]
    colleague.sign_in("Anders Myrvoll")
    colleague.open(visitor.page.url)
    for each in (visitor, colleague):
        each.fill(own_wish="unsure", decision="not_now", interests="Turer")
    colleague.send()
    colleague.context.close()
    visitor.page.locator(SEND).last.click()
    visitor.page.get_by_role("heading", name="Oppgaven er allerede besvart").wait_for()


STATES: Mapping[str, Callable[[Visitor], None]] = {
    "empty": empty,
    "errors": errors,
    "continued": continued,
    "begin anew": begin_anew,
    "receipt": receipt,
    "sent already": sent_already,
    "too late": too_late,
}
"""How a form comes into each state; another state is another line. Links have a test of their own."""


@pytest.mark.parametrize("state", STATES)
def test_a_form_is_accessible_in_every_state(open_day: House, browser: Browser, state: str) -> None:
    visitor = visit(browser, open_day.address, **WIDE)
    STATES[state](visitor)
    check_everywhere(visitor)
    assert visitor.complaints == []
    visitor.context.close()


def check_everywhere(visitor: Visitor) -> None:
    """Light and dark, and four times as large."""
    before = visitor.page.viewport_size
    visitor.check_page()
    visitor.page.emulate_media(color_scheme="dark")
    visitor.page.set_viewport_size(FOUR_TIMES["viewport"])
    visitor.check_page()
    check_no_word_is_cut(visitor.page)
    visitor.page.emulate_media(color_scheme="light")
    if before:
        visitor.page.set_viewport_size(before)


CUT = """() => [...document.querySelectorAll('main *')].filter(each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  if (!box.width || style.visibility === 'hidden' || each.closest('.ds-sr-only, .form-first-button')) return false;
  const hides = style.overflowX === 'hidden' || style.overflowX === 'clip' || style.textOverflow === 'ellipsis';
  return box.left < -1 || box.right > innerWidth + 1 || (hides && each.scrollWidth > each.clientWidth + 1);
}).map(each => each.outerHTML.slice(0, 120))"""


def check_no_word_is_cut(page: Page) -> None:
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("part", range(4))
def test_every_shipped_form_is_accessible_to_the_one_who_fills_it_in(
    open_day: House, browser: Browser, part: int
) -> None:
    vigdis = visit(browser, open_day.address, color_scheme=("light", "dark")[part % 2], **PHONE)
    vigdis.sign_in("Vigdis Solvang")
    for form in SHIPPED[part::4]:
        vigdis.open(f"/drift/skjemaer/{form}?role=coordinator")
        vigdis.check_page()
        check_no_word_is_cut(vigdis.page)
    assert vigdis.complaints == []
    vigdis.context.close()


def test_the_self_evaluation_is_sent_without_script_and_its_link_is_used_up(
    open_day: House, browser: Browser, link: str
) -> None:
    jorgen = visit(browser, open_day.address, java_script_enabled=False, **PHONE)
    open_anew(jorgen, link)
    jorgen.fill(less_isolated="4")
    for _ in PAGES[1:]:
        jorgen.go_on()
    jorgen.fill(own_words="Torsdagene.")
    jorgen.go_on()
    jorgen.send()
    assert jorgen.reads("Takk for svarene")
    looking = visit(browser, open_day.address, **WIDE)
    for address, status in ((jorgen.page.url, 200), (link, 410)):
        answer = looking.open(address)
        assert answer is not None
        assert answer.status == status
        check_everywhere(looking)
    assert jorgen.complaints == looking.complaints == []
    jorgen.context.close()
    looking.context.close()
