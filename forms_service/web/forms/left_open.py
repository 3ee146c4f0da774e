"""Questions whose answer is wanted: asked once more by themselves, and then taken as they are."""

from __future__ import annotations

from dataclasses import replace

from forms_service.forms.fill import Filled
from forms_service.web.forms.again import Posted
from forms_service.web.forms.sheet import ASKED
from forms_service.web.forms.spot import Spot


def to_ask(filled: Filled, spot: Spot, posted: Posted) -> Filled | None:
    """The form with the open questions of this page marked; None when there are none, or all have been asked.

    Whoever has had the last look has been asked on every page.
    """
    asked, here = asked_before(posted), spot.names(filled)
    found = [each for each in filled.left_open if each.name in here and each.name not in asked]
    if spot.looked or not found:
        return None
    for each in found:
        filled.wtform[each.name].nudge = each.text
    return replace(filled, left_open=tuple(found))


def asked_before(posted: Posted) -> frozenset[str]:
    return frozenset(posted.get(ASKED, "").split())
