"""A page that was opened on a version which its form is no longer filled in on: nothing is done with it unseen."""

from __future__ import annotations

from dataclasses import replace

from forms_service.errors import DefinitionError, NotFound
from forms_service.web.current import runtime
from forms_service.web.forms.again import Posted
from forms_service.web.forms.sheet import Sheet

HARMLESS = ("conditions", "other", "anew", "discard")
"""What shows or stores none of the page's answers under other questions."""


def is_stale(sheet: Sheet, posted: Posted) -> bool:
    """Its questions may be others than those of now. What has been sent already is answered as ever."""
    if sheet.place is None or posted.get("_do", "") in HARMLESS:
        return False
    return posted.get("_version", "") not in ("", sheet.version)


def as_of_then(sheet: Sheet, posted: Posted) -> Sheet:
    """For what the page keeps by itself: a draft of the version that it shows, so that whoever comes back is told."""
    assert sheet.place is not None
    try:
        with runtime().database.reading() as db:
            then = runtime().library.version_of(db, sheet.place.workflow, posted["_version"].replace("\0", ""))
    except (NotFound, DefinitionError):
        return sheet
    return replace(sheet, place=replace(sheet.place, definition_id=then.id))
