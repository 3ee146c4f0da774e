"""Where in a form somebody stands: on one of its pages, or at the last look at all answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms_service.forms.fill import Filled
from forms_service.forms.pages import Page
from forms_service.web.forms.address import AT, LOOKED, SIGNED, own_address

LAST_LOOK = "se-over"


@dataclass(frozen=True, slots=True)
class Spot:
    """``page`` is None at the last look. ``pages`` are those that apply; ``looked`` says that there was a last look."""

    page: Page | None
    pages: tuple[Page, ...]
    has_review: bool
    looked: bool = False

    @property
    def value(self) -> str:
        return str(self.page.number) if self.page else LAST_LOOK

    @property
    def is_only(self) -> bool:
        """All of it stands on one page and is sent from there."""
        return len(self.pages) <= 1 and not self.has_review

    @property
    def number(self) -> int:
        """Which of the pages that apply it is; the last look comes after them."""
        return self.pages.index(self.page) + 1 if self.page else self.of

    @property
    def of(self) -> int:
        return len(self.pages) + self.has_review

    @property
    def sends(self) -> bool:
        """From here the form is sent."""
        return self.number == self.of

    def before(self) -> Page | None:
        """The page that one goes back to."""
        return self.pages[self.number - 2] if self.number > 1 else None

    def names(self, filled: Filled) -> frozenset[str]:
        """What is asked here."""
        return self.page.names if self.page else filled.signers()

    def seen(self, filled: Filled) -> frozenset[str]:
        """The questions that were shown until here."""
        if self.is_only or self.looked or self.page is None:
            return filled.shown
        shown = (page.names for page in self.pages if page.number <= self.page.number)
        return filled.shown & frozenset().union(*shown)

    def address(self, signed: str = "") -> str:
        """The form's own address, at this spot; and at the signature that has just been given."""
        looked = {LOOKED: "1"} if self.looked and self.page else {}
        return own_address(**{AT: self.value, **looked, **({SIGNED: signed} if signed else {})})


def spot_at(filled: Filled, value: str, looked: bool = False) -> Spot:
    """The page of that number when it applies, or the last look when there is one; else the first page."""
    pages = filled.pages() or filled.all_pages()[:1] or (Page(1, "", ()),)
    if value == LAST_LOOK and filled.form.has_review:
        return Spot(None, pages, True, looked=True)
    found = next((page for page in pages if str(page.number) == value), None)
    return Spot(found or pages[0], pages, filled.form.has_review, looked)


def spot_of(filled: Filled, posted: Mapping[str, str]) -> Spot:
    """Where the page that was posted stands."""
    return spot_at(filled, posted.get("_at", ""), bool(posted.get("_looked")))


def spot_left(filled: Filled) -> Spot:
    """Where somebody who comes back goes on: at the page with the last answer."""
    answered = {field.question.name for field in filled.wtform if field.typed}
    pages = [page for page in filled.pages() if page.names & answered & filled.shown]
    return spot_at(filled, str(pages[-1].number) if pages else "")


def first_with(filled: Filled, names: frozenset[str], *, looked: bool) -> Spot:
    """The first page that asks one of these; the last look when none does."""
    page = next((page for page in filled.pages() if page.names & names), None)
    return spot_at(filled, str(page.number) if page else LAST_LOOK, looked)
