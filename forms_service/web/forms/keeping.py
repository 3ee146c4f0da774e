"""Keeping what is typed into a form, with every post and while somebody types."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import request
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict

from forms_service.engine.drafts.discard import discard
from forms_service.engine.drafts.draft import Draft, Owner, Place, Typed
from forms_service.engine.drafts.find import was_sent
from forms_service.engine.drafts.save import Outcome, Writing, exchange, save
from forms_service.forms.fill import Filled
from forms_service.web.current import runtime, viewer
from forms_service.web.errors.pages import pages_log
from forms_service.web.forms.nonce import fresh_nonce, nonce_for
from forms_service.web.forms.page_draft import FAILED, PageDraft
from forms_service.web.forms.sheet import ASKED, Sheet
from forms_service.web.forms.typed_back import is_from_this_page

PAGE = re.compile(r"[0-9a-f-]{8,40}")
BY_ITSELF = "HX-Request"
"""The header of a writing that the page does by itself."""


def me() -> Owner:
    """The owner of what is typed now, of those who are signed in."""
    return Owner(viewer().person_id)


def opened(sheet: Sheet) -> PageDraft:
    """A form that is opened: with its draft's number, or one that was not sent from anywhere."""
    if sheet.draft:
        known = PageDraft(sheet.draft.nonce, continued_from=sheet.draft.saved_at)
        return _as_in(known, sheet.draft)
    nonce = nonce_for(sheet.key)
    with runtime().database.reading() as db:
        is_used = sheet.place is not None and was_sent(db, sheet.place.owner, nonce)
    return PageDraft(fresh_nonce(sheet.key) if is_used else nonce)


def keep(
    sheet: Sheet, filled: Filled, posted: MultiDict[str, str], nonce: str, *, on_purpose: bool = False
) -> PageDraft:
    """Keep what was posted. The database's OperationalError passes where nothing else is waited for."""
    if sheet.place is None:
        return PageDraft(nonce)
    if not is_from_this_page():
        return PageDraft(nonce, FAILED, mark=request.form.get("_draft", ""))
    writing = replace(_writing(sheet.place, filled, posted, nonce), on_purpose=on_purpose)
    try:
        with runtime().database.writing() as db:
            kept = save(runtime(), db, writing)
    except OperationalError as error:
        if writing.by_itself:
            raise
        pages_log(error)
        return PageDraft(nonce, FAILED, mark=writing.mark)
    found = PageDraft(nonce, kept.outcome, mark=writing.mark)
    return _as_in(found, kept.draft) if kept.draft else found


def take_the_other(sheet: Sheet, filled: Filled, posted: MultiDict[str, str], nonce: str) -> None:
    """What was typed elsewhere comes into the form, and what stands in it is kept beside."""
    if sheet.place is not None and is_from_this_page():
        with runtime().database.writing() as db:
            exchange(runtime(), db, _writing(sheet.place, filled, posted, nonce))


def is_overtaken(sheet: Sheet, filled: Filled, posted: MultiDict[str, str]) -> bool:
    """The draft holds something that the page which is sent has never shown."""
    if sheet.draft is None:
        return False
    seen = posted.get("_draft") == sheet.draft.mark or posted.get("_page") == sheet.draft.page
    return not seen and sheet.draft.typed != _typed(filled, posted)


def forget(sheet: Sheet) -> None:
    """The draft is done with, and so are files that only a second press brought along.

    A draft that stays because the database went away is known by its number as sent.
    """
    if sheet.place is None or not (sheet.draft or request.form.get("_draft") or request.files):
        return
    try:
        with runtime().database.writing() as db:
            discard(db, sheet.place.owner, sheet.place.key)
    except OperationalError as error:
        pages_log(error)


def _as_in(known: PageDraft, draft: Draft) -> PageDraft:
    """All pages of a draft send with its number; one that is behind keeps knowing what it knew."""
    mark = known.mark if known.outcome == Outcome.CONFLICT else draft.mark
    return replace(known, nonce=draft.nonce, mark=mark, saved_at=draft.saved_at, has_other=draft.has_other)


def _writing(place: Place, filled: Filled, posted: MultiDict[str, str], nonce: str) -> Writing:
    by_itself, page, stroke = BY_ITSELF in request.headers, posted.get("_page", ""), posted.get("_stroke", 0, type=int)
    return Writing(
        place=place,
        typed=_typed(filled, posted),
        nonce=nonce,
        mark=posted.get("_draft", ""),
        page=page if PAGE.fullmatch(page) else "",
        stroke=min(max(stroke, 0), 2**30) + (not by_itself),
        by_itself=by_itself,
    )


def _typed(filled: Filled, posted: MultiDict[str, str]) -> Typed:
    """The answers as they were typed, right or wrong; nothing that the form does not ask.

    Also what does not apply any more: whoever chose wrongly finds her words again. It is never part of what is sent.
    And which questions were asked once more: nobody is asked a third time because she has been on another page.
    """
    controls = filled.controls() | {ASKED}
    return tuple((name, value) for name, value in posted.items(multi=True) if name in controls)
