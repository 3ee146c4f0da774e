"""A question in rows in a real browser: with the script rows come and go at once, and the draft keeps them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import ROOT, House, open_house
from tests.journeys.visitor import Visitor, visit, wait_for

CAMP = ROOT / "tests" / "inputs" / "camp" / "workflows"
FORM = "/skjema/signup"


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("camp"), FORMS_WORKFLOWS=str(CAMP)) as house:
        yield house


@pytest.fixture
def anne(camp: House, browser: Browser) -> Iterator[Visitor]:
    """On the narrowest screen, in front of an empty form."""
    visitor = visit(browser, camp.address, viewport={"width": 320, "height": 640})
    visitor.open("/inn")
    visitor.page.locator("button[name=person][value=guardian]").click()
    visitor.page.wait_for_load_state()
    visitor.open(FORM)
    yield visitor
    visitor.context.close()


def rows(anne: Visitor) -> list[str]:
    return [row.inner_text() for row in anne.page.locator("[data-row] > legend").all()]


def names(anne: Visitor) -> list[str]:
    return [box.input_value() for box in anne.page.locator("[data-row] input[name$='-name']").all()]


def test_rows_come_and_go_on_the_page_and_are_kept(anne: Visitor) -> None:
    page = anne.page
    page.locator("[name='children-0-name']").fill("Ola")
    for name in ("Kari", "Per"):
        page.get_by_role("button", name="Legg til barn").press("Enter")
        page.keyboard.type(name)  # the new row's first field has the focus
    assert wait_for(page.locator("[data-question=together]").is_visible)
    page.get_by_role("button", name="Fjern Barn 2").click()
    assert (rows(anne), names(anne)) == (["Barn 1", "Barn 2"], ["Ola", "Per"])
    anne.check_page()
    wait_for(lambda: "Lagret kl." in page.locator("#utkast-status").inner_text())
    anne.open(FORM)
    assert wait_for(lambda: names(anne) == ["Ola", "Per"])
    for _ in range(4):
        page.get_by_role("button", name="Legg til barn").click()
    assert page.get_by_role("button", name="Legg til barn").is_hidden()
    anne.check_page()
    for _ in range(6):
        page.get_by_role("button", name="Fjern Barn 1").click()
    assert names(anne) == [""]
    assert page.get_by_role("button", name="Legg til barn").is_visible()
    assert anne.complaints == []
