"""Somebody who fills in a form with the keyboard alone, and how long it would have taken her.

The keystroke-level model of Card, Moran and Newell: what she does is counted, and each thing has its time. So the time
is the same on every machine, and grows when a form asks for more.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

KEY = 0.30
"""Seconds for a key at 40 words a minute, a word being five characters: an ordinary, not a trained, typist."""
THOUGHT = 1.35
"""Seconds to read the next question and to know the answer: the model's M."""
PAGE = 3.0
"""Seconds until a page is there and one knows where one is."""


@dataclass(slots=True)
class Typist:
    """``seconds`` is what all that she has done takes. It begins with the page that she has before her."""

    page: Page
    seconds: float = PAGE

    def go_to(self, name: str) -> None:
        """With Tab to the question; whatever takes the focus on the way costs its key and a thought."""
        for _ in range(30):
            self.press("Tab")
            self.seconds += THOUGHT
            if self.page.evaluate("document.activeElement.name || document.activeElement.type") == name:
                return
        raise AssertionError(f"Tab does not lead to {name}")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.seconds += KEY * len(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.seconds += KEY

    def send(self, leads_to: str) -> None:
        """With Tab to the form's button, and Enter."""
        self.go_to("submit")
        self.press("Enter")
        self.page.wait_for_url(leads_to)
        self.seconds += PAGE
