"""The register of another trade: what somebody has written down stands there, and the page is for everybody."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.conftest import ROOT, open_house
from tests.journeys.visitor import visit, wait_for

INSPECTION = ROOT / "tests" / "inputs" / "inspection" / "workflows"


def test_a_device_is_in_the_register_by_keyboard_without_script_and_the_page_is_accessible(
    tmp_path: Path, browser: Browser
) -> None:
    with open_house(tmp_path, FORMS_WORKFLOWS=str(INSPECTION)) as house:
        plain = visit(browser, house.address, java_script_enabled=False, viewport={"width": 320, "height": 640})
        plain.sign_in("Vaktmester")
        plain.open("/skjema/new_device")
        plain.fill(name="Brannslukker", place="Kjelleren")
        plain.fill(installed_on="2026-01-15")
        plain.page.keyboard.press("Tab")
        plain.send()
        assert wait_for(lambda: plain.open("/register") and plain.reads("Brannslukker"))
        caretaker = visit(browser, house.address)
        caretaker.sign_in("Vaktmester")
        caretaker.open("/register")
        caretaker.check_on_every_screen()
        assert caretaker.complaints == plain.complaints == []
        plain.context.close()
        caretaker.context.close()
