"""From page to page of a form: on when the page is right, back and to any other as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from werkzeug.wrappers import Response

from forms_service.forms.fill import Filled, Wrong, fill
from forms_service.web.forms.again import Posted, move_to, show_again, typed_in, unseen
from forms_service.web.forms.left_open import to_ask
from forms_service.web.forms.sheet import Notice, Sheet
from forms_service.web.forms.spot import LAST_LOOK, Spot, first_with, spot_at, spot_of


def go_on(sheet: Sheet, posted: Posted) -> Response:
    """What is wrong on this page is put right first; so is what came up on it because of the answers."""
    checked = fill(sheet.form, sheet.context, posted)
    filled, spot = typed_in(sheet, posted), spot_of(checked, posted)
    asked = spot.names(filled)
    came_up = unseen(filled, posted) & asked
    if came_up:
        return show_again(sheet, filled, posted, Notice.MORE, came_up)
    if checked.wrong() & asked:
        return show_again(sheet, checked, posted, Notice.PROBLEMS)
    left_open = to_ask(checked, spot, posted)
    if left_open:
        return show_again(sheet, replace(left_open, problems=()), posted, Notice.LEFT_OPEN)
    following = _following(checked, spot, posted)
    if following == spot:
        return show_again(sheet, filled, posted, Notice.NO_MORE)
    return move_to(sheet, filled, posted, following)


def go_back(sheet: Sheet, posted: Posted) -> Response:
    """Whatever stands on the page."""
    filled = typed_in(sheet, posted)
    spot = spot_of(filled, posted)
    before = spot.before()
    return _leave(sheet, filled, posted, spot_at(filled, str(before.number) if before else "", spot.looked))


def go_to(sheet: Sheet, posted: Posted) -> Response:
    """From the last look to the page of an answer that is to be changed."""
    filled = typed_in(sheet, posted)
    return _leave(sheet, filled, posted, spot_at(filled, posted["_do"].partition(":")[2], looked=True))


def _leave(sheet: Sheet, filled: Filled, posted: Posted, spot: Spot) -> Response:
    """Not while a file of this page was just refused: it is not kept, and whoever is gone is not told."""
    refused = tuple(_refused(filled, spot_of(filled, posted)))
    if refused:
        return show_again(sheet, replace(filled, problems=refused), posted, Notice.PROBLEMS)
    return move_to(sheet, filled, posted, spot)


def _refused(filled: Filled, spot: Spot) -> Iterator[Wrong]:
    for name in sorted(filled.context.refused.keys() & spot.names(filled) & filled.shown):
        yield Wrong(name, filled.wtform[name].question.anchor, filled.context.refused[name])


def _following(checked: Filled, spot: Spot, posted: Posted) -> Spot:
    """Whoever has looked at everything goes back there, by way of what is new or wrong; others take the next page."""
    later = [page for page in spot.pages if spot.page and page.number > spot.page.number]
    if later and not spot.looked:
        return spot_at(checked, str(later[0].number))
    if not checked.form.has_review:
        return spot_at(checked, spot.value)
    if checked.content is not None and not unseen(checked, posted):
        return spot_at(checked, LAST_LOOK)
    return first_with(checked, checked.wrong() | unseen(checked, posted), looked=spot.looked)
