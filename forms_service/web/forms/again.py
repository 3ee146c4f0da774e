"""A form shown once more with all that was typed, at the same spot or another."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms_service.engine.drafts.save import Outcome
from forms_service.forms.fill import Filled, fill, typed
from forms_service.web.forms.keeping import keep
from forms_service.web.forms.nonce import is_nonce, nonce_for
from forms_service.web.forms.page_draft import PageDraft
from forms_service.web.forms.sheet import Notice, Sheet, show
from forms_service.web.forms.spot import Spot, first_with, spot_of

NO_QUESTIONS: frozenset[str] = frozenset()
Posted = MultiDict[str, str]


def show_again(
    sheet: Sheet,
    filled: Filled,
    posted: Posted,
    notice: Notice,
    more: frozenset[str] = NO_QUESTIONS,
    at: Spot | None = None,
) -> Response:
    """What is posted is kept first."""
    kept: PageDraft = keep(sheet, filled, posted, nonce_in(sheet))
    return show_at(sheet, filled, posted, at or spot_of(filled, posted), kept, notice, more)


def show_at(
    sheet: Sheet,
    filled: Filled,
    posted: Posted,
    spot: Spot,
    kept: PageDraft,
    notice: Notice = Notice.NONE,
    more: frozenset[str] = NO_QUESTIONS,
) -> Response:
    """The last look tells of checked answers only: what is wrong comes first, and signatures are compared."""
    if spot.page is None and filled.content is None:
        filled = fill(sheet.form, sheet.context, posted)
        if filled.content is None:
            spot, filled = first_wrong(filled), typed_in(sheet, posted)
    return show(sheet, filled, spot, kept, notice, more)


def first_wrong(filled: Filled) -> Spot:
    """The first page on which something has to be put right."""
    return first_with(filled, filled.wrong(), looked=True)


def move_to(sheet: Sheet, filled: Filled, posted: Posted, spot: Spot, signed: str = "") -> Response:
    """On at another spot. With a draft it gets an address of its own, so that the browser's way back works."""
    kept = keep(sheet, filled, posted, nonce_in(sheet))
    if kept.outcome == Outcome.SAVED:
        return redirect(spot.address(signed), 303)
    stays = kept.outcome == Outcome.CONFLICT
    return show_at(sheet, filled, posted, spot_of(filled, posted) if stays else spot, kept)


def typed_in(sheet: Sheet, posted: Posted) -> Filled:
    return typed(sheet.form, sheet.context, posted)


def nonce_in(sheet: Sheet) -> str:
    posted = request.form.get("_nonce", "")
    return posted if is_nonce(posted) else nonce_for(sheet.key)


def unseen(filled: Filled, posted: Posted) -> frozenset[str]:
    """Questions that apply but were hidden on the page that was sent: without script they must be shown first."""
    if "_seen" not in posted:
        return NO_QUESTIONS
    return filled.on_pages() - frozenset(posted["_seen"].split())
