"""Somebody with a browser, who finds things by the words on the page."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, Response
from pypdf import PdfReader

from tests.journeys.results import keep

AXE = Axe().axe_script
TOLD = """async tags => {
  const told = await axe.run({runOnly: tags, resultTypes: ["violations", "incomplete"]});
  const rules = found => found.map(({id, tags, nodes}) => ({id, tags, nodes: nodes.map(node => node.html)}));
  const kinds = Object.fromEntries(["passes", "violations", "incomplete"].map(kind => [kind, rules(told[kind])]));
  return {testEngine: told.testEngine, timestamp: told.timestamp, ...kinds};
}"""
"""What is asked for, and no more: the nodes of everything that is well are a large part of what axe takes."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
SCREENS = ((1280, 900, "light"), (1280, 900, "dark"), (320, 640, "light"))
"""Those that every page is looked at on: width, height and colours. 320 px is WCAG's 400 %."""
SCREEN = """() => ({
  width: window.innerWidth,
  scheme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
})"""
EXPECTED = ("422", "410", "409")
"""Answers that a journey asks for on purpose: a form with errors, a link that has been used, a task answered before."""


@dataclass(slots=True)
class Visitor:
    """One browser context: cookies of her own, and an ear for the console."""

    address: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def sign_in(self, name: str) -> None:
        self.open("/inn")
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_url(lambda url: not url.endswith("/inn"))

    def open(self, path: str) -> Response | None:
        return self.page.goto(path if path.startswith("http") else f"{self.address}{path}")

    def fill(self, **answers: str) -> None:
        """Fill fields by their names in the form's YAML; radios by their stored value."""
        for name, value in answers.items():
            controls = self.page.locator(f"[name={name}]")
            if controls.first.get_attribute("type") == "radio":
                self._press_radio(name, value)
            elif controls.first.evaluate("control => control.tagName") == "SELECT":
                controls.select_option(value)
            else:
                controls.fill(value)

    def _press_radio(self, name: str, value: str) -> None:
        """On the words beside it, as a thumb does."""
        radio = self.page.locator(f"[name={name}][value='{value}']")
        self.page.locator(f"label[for='{radio.get_attribute('id')}']").click()
        assert radio.is_checked()

    def choose_first(self, name: str) -> str:
        """Choose the first real choice of a list; its label."""
        options = self.page.locator(f"[name={name}] option:not([value=''])")
        if options.count():
            label = options.first.inner_text()
            self.page.locator(f"[name={name}]").select_option(index=1)
            return label
        self.page.locator(f"[name={name}]").first.check()
        return self.page.locator(f"[name={name}]").first.get_attribute("value") or ""

    def send(self) -> None:
        """Press the form's own button, which is the last one that does nothing else."""
        before = self.page.url
        self.page.locator("main form button[type=submit]:not([name=_do])").last.click()
        self.page.wait_for_load_state()
        errors = self.page.locator(".ds-error-summary")
        assert not errors.count(), f"{before}: {errors.first.inner_text()}"

    def go_on(self) -> None:
        """To the next page of a form, or to the last look at all of it."""
        self.page.locator(".form-end").get_by_role("button", name="Videre").click()
        self.page.wait_for_load_state()
        errors = self.page.locator(".ds-error-summary")
        assert not errors.count(), errors.first.inner_text()

    def sign(self, **names: str) -> None:
        """One after the other on the same screen: with a name, and a stroke of the pen."""
        for field_name, name in names.items():
            place = self.page.locator("[data-signing]").filter(has=self.page.locator(f"[name={field_name}-name]"))
            canvas = place.locator("canvas")
            canvas.scroll_into_view_if_needed()
            box = canvas.bounding_box()
            assert box is not None
            self.page.mouse.move(box["x"] + 20, box["y"] + 20)
            self.page.mouse.down()
            self.page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
            self.page.mouse.up()
            place.get_by_role("textbox").fill(name)
            place.get_by_role("button", name="Signer").click()
            self.page.wait_for_load_state()

    def go(self, words: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def reads(self, words: str | re.Pattern[str]) -> bool:
        return self.page.get_by_text(words).first.is_visible()

    def pdf(self, href: str) -> str:
        """The text of a document as this person may open it."""
        answer = self.context.request.get(href if href.startswith("http") else f"{self.address}{href}")
        assert answer.status == 200, answer.status
        assert answer.headers["content-type"] == "application/pdf"
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)

    def documents(self) -> list[str]:
        """Where the documents lie that this page links to."""
        links = self.page.locator("a[href*='/dokumenter/'], a[href$='/dokument']").all()
        return [href for link in links if (href := link.get_attribute("href"))]

    def check_page(self) -> None:
        """axe finds nothing, and nothing is wider than the screen."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        told = self.page.evaluate(TOLD, TAGS)
        keep(self.page.url, self._screen(), told)
        assert not told["violations"], [(item["id"], item["nodes"]) for item in told["violations"]]
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{self.page.url} is {too_wide} px too wide"

    def check_on_every_screen(self) -> None:
        """The page as it stands, opened once: wide in light and in dark, and narrow."""
        before = self.page.viewport_size
        for width, height, scheme in SCREENS:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            self.check_page()
        if before:
            self.page.set_viewport_size(before)

    def _screen(self) -> dict[str, object]:
        return dict(self.page.evaluate(SCREEN))


def visit(browser: Browser, address: str, **options: object) -> Visitor:
    """A new visitor; what her browser's console says is kept."""
    context = browser.new_context(locale="nb-NO", **options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    visitor = Visitor(address, context, page)
    page.on("console", lambda message: _listen(visitor, message.text))
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor


def _listen(visitor: Visitor, text: str) -> None:
    if not any(status in text for status in EXPECTED):
        visitor.complaints.append(text)


def wait_for(happens: Callable[[], object], seconds: float = 30) -> object:
    """Ask again until it is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = happens()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")
