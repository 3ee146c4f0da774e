"""A file in a real browser: attached, kept while something else is put right, exchanged, sent, and downloaded again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.fixtures.files import a_pdf, a_photo
from tests.journeys.conftest import House, open_house
from tests.journeys.test_rows import CAMP, FORM
from tests.journeys.visitor import Visitor, visit

LETTER: FilePayload = {"name": "Brev fra legen.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
PHOTO: FilePayload = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo((2400, 1800))}
PROGRAM: FilePayload = {"name": "brev.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("camp"), FORMS_WORKFLOWS=str(CAMP)) as house:
        yield house


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def anne(camp: House, browser: Browser, *, scripted: bool) -> Iterator[Visitor]:
    visitor = visit(browser, camp.address, viewport={"width": 320, "height": 640}, java_script_enabled=scripted)
    visitor.open("/inn")
    visitor.page.locator("button[name=person][value=guardian]").click()
    visitor.page.wait_for_load_state()
    visitor.open(FORM)
    yield visitor
    visitor.context.close()


def send(anne: Visitor) -> None:
    anne.page.get_by_role("button", name="Send").last.click()
    anne.page.wait_for_load_state()


def test_a_file_is_chosen_once_and_comes_back_as_it_was(anne: Visitor, *, scripted: bool) -> None:
    page = anne.page
    page.locator("[name='children-0-name']").fill("Ola")
    page.locator("[name='children-0-born']").fill("2018-05-01")
    page.get_by_role("radio", name="Nei").first.check()
    page.get_by_label("Brev fra legen").set_input_files(PROGRAM)
    send(anne)
    assert page.locator(".ds-error-summary a[href='#svar-letter']").is_visible()
    page.get_by_label("Brev fra legen").set_input_files(PHOTO)
    send(anne)
    assert page.locator(".form-file-there").inner_text().startswith("Lagt ved: IMG_1.jpg")
    if scripted:
        anne.check_page()
    page.get_by_label("Brev fra legen").set_input_files(LETTER)
    page.locator("[name=phone]").fill("41234567")
    send(anne)
    link = page.get_by_role("link", name="Vedlegg: Brev fra legen.pdf")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "Brev fra legen.pdf"
    assert download.value.path().read_bytes() == a_pdf()
    assert anne.complaints == []
