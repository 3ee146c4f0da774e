"""What happens to a form that is opened and sent: whatever goes wrong, what was typed comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import jsonify, redirect, request
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms_service.engine.failure import problem_of
from forms_service.errors import AlreadyAnswered, DifferentAnswers, MoveRefused
from forms_service.forms.fill import Filled, blank, fill
from forms_service.forms.rows import with_one_more, without
from forms_service.web.errors.pages import pages_log
from forms_service.web.forms.address import AT, LOOKED, own_address
from forms_service.web.forms.again import Posted, nonce_in, show_again, show_at, typed_in, unseen
from forms_service.web.forms.draft_state import ask_whether_to_begin_anew, tell
from forms_service.web.forms.keeping import BY_ITSELF, forget, is_overtaken, keep, opened, take_the_other
from forms_service.web.forms.language import BUTTON
from forms_service.web.forms.left_open import to_ask
from forms_service.web.forms.nonce import fresh_nonce, use_up
from forms_service.web.forms.receiving import for_another, receive, with_files
from forms_service.web.forms.seal import seal_for
from forms_service.web.forms.sheet import Notice, Sheet, show, show_too_late
from forms_service.web.forms.signing import sign_it, unsigned
from forms_service.web.forms.spot import first_with, spot_at, spot_left, spot_of
from forms_service.web.forms.typed_back import comes_from_us, is_somebody_elses, show_somebody_elses
from forms_service.web.forms.walk import go_back, go_on, go_to


def take(sheet: Sheet) -> Response:
    """GET shows the form with its draft; POST sends it, or only does with it what ``_do`` says.

    The page's own fields begin with an underscore, as no name in a definition does: ``_nonce``, ``_do`` (what the
    button means, and of what), ``_language`` (what the page is to be read in), ``_clear`` (the question whose answer is
    taken back, or the row), ``_add`` (the group that gets one row more), ``_seen`` (the questions that were shown),
    ``_wanted`` (those that were asked once more), ``_at`` and ``_looked`` (where in the form, see spot), ``_whose``
    (who filled it in), ``_version`` (of the workflow), and of the draft ``_draft`` (the writing that the page knows),
    ``_page`` and ``_stroke`` (the page and its last writing).
    """
    sheet = replace(sheet, context=replace(sheet.context, seal=seal_for(sheet.key)))
    if request.method != "POST":
        return _open(with_files(sheet))
    if is_somebody_elses():
        return show_somebody_elses()
    sheet, posted = receive(sheet, MultiDict(request.form), nonce_in(sheet))
    if sheet.is_over and posted.get("_do", "") not in ("", "conditions", "draft"):
        return show_too_late(sheet, typed_in(sheet, posted))
    return _done_with_parts(sheet, posted) or ACTS.get(posted.get("_do", "").partition(":")[0], _send)(sheet, posted)


def _done_with_parts(sheet: Sheet, posted: Posted) -> Response | None:
    """Another language, an answer less, a row more: buttons beside the questions; None when it was none of them."""
    if posted.get(BUTTON):  # the language was chosen before the form was made; what was typed is shown in it
        return show_again(sheet, typed_in(sheet, posted), posted, Notice.NONE)
    if posted.get("_clear"):
        group = posted["_clear"].rpartition("-")[0]
        posted = unsigned(without(posted, posted["_clear"]), posted["_clear"])
        return show_again(sheet, typed_in(sheet, posted), posted, Notice.NONE, frozenset({group}))
    if posted.get("_add"):
        posted = with_one_more(posted, posted["_add"])
        return show_again(sheet, typed_in(sheet, posted), posted, Notice.NONE, frozenset({posted["_add"]}))
    return None


def _open(sheet: Sheet) -> Response:
    """At the page that the address names; a draft goes on where it was left, and is looked at when all is right."""
    if sheet.draft is None:
        filled = blank(sheet.form, sheet.context, sheet.prefill)
        return show(sheet, filled, spot_at(filled, ""), opened(sheet))
    posted, at = MultiDict(sheet.draft.typed), request.args.get(AT, "")
    filled = typed_in(sheet, posted)
    spot = spot_at(filled, at, LOOKED in request.args) if at else spot_left(filled)
    kept = replace(opened(sheet), continued_from=None) if at else opened(sheet)
    return show_at(sheet, filled, posted, spot, kept)


def _send(sheet: Sheet, posted: Posted) -> Response:
    if not comes_from_us():
        return show_again(sheet, typed_in(sheet, posted), posted, Notice.SIGNED_IN_ANEW)
    filled = fill(sheet.form, sheet.context, posted)
    if unseen(filled, posted):
        return _more(sheet, posted)
    if filled.answers is None:
        at = first_with(filled, filled.wrong(), looked=spot_of(filled, posted).looked)
        return show_again(sheet, filled, posted, Notice.PROBLEMS, at=at)
    if is_overtaken(sheet, filled, posted):
        return show_again(sheet, filled, posted, Notice.NONE)
    left_open = to_ask(filled, spot_of(filled, posted), posted)
    if left_open:
        return show_again(sheet, left_open, posted, Notice.LEFT_OPEN)
    return _hand_in(sheet, filled, filled.answers, posted)


def _hand_in(sheet: Sheet, filled: Filled, answers: Mapping[str, object], posted: Posted) -> Response:
    nonce = nonce_in(sheet)
    try:
        receipt = sheet.send(nonce, answers)
    except DifferentAnswers:
        if not sheet.can_be_sent_again:
            return show_too_late(sheet, filled)
        return _offer_as_new(sheet, posted)
    except AlreadyAnswered:
        return show_too_late(sheet, filled)
    except MoveRefused as error:
        refused = replace(sheet, around={**sheet.around, "refusal": problem_of(error)})
        return show_again(refused, filled, posted, Notice.REFUSED)
    except OperationalError as error:  # the database is busy or away: nothing was stored, and the same nonce is safe
        pages_log(error)
        return show_again(sheet, filled, posted, Notice.BUSY)
    use_up(sheet.key, nonce)
    forget(sheet)
    return sheet.done(receipt)


def _offer_as_new(sheet: Sheet, posted: Posted) -> Response:
    """It was sent with other answers before; sent once more it is something of its own."""
    nonce = fresh_nonce(sheet.key)
    sheet, posted = for_another(sheet, posted, nonce)
    filled = fill(sheet.form, sheet.context, posted)
    return show(sheet, filled, spot_of(filled, posted), keep(sheet, filled, posted, nonce), Notice.DIFFERENT)


def _conditions(sheet: Sheet, posted: Posted) -> Response:
    return jsonify(shown=sorted(typed_in(sheet, posted).shown))


def _more(sheet: Sheet, posted: Posted) -> Response:
    """Show the questions that have come up, without calling anything wrong yet."""
    filled = typed_in(sheet, posted)
    came_up = unseen(filled, posted)
    at = first_with(filled, came_up, looked=spot_of(filled, posted).looked) if came_up else None
    return show_again(sheet, filled, posted, Notice.MORE, came_up, at=at)


def _save(sheet: Sheet, posted: Posted) -> Response:
    """The button without script, or what a page does by itself while somebody types."""
    filled = typed_in(sheet, posted)
    if BY_ITSELF in request.headers:
        return tell(keep(sheet, filled, posted, nonce_in(sheet)), already_told="_conflict" in posted)
    return show_again(sheet, filled, posted, Notice.SAVED)


def _keep_mine(sheet: Sheet, posted: Posted) -> Response:
    filled = typed_in(sheet, posted)
    kept = keep(sheet, filled, posted, nonce_in(sheet), on_purpose=True)
    return show_at(sheet, filled, posted, spot_of(filled, posted), kept, Notice.SAVED)


def _show_other(sheet: Sheet, posted: Posted) -> Response:
    take_the_other(sheet, typed_in(sheet, posted), posted, nonce_in(sheet))
    return redirect(own_address(), 303)


def _ask_anew(sheet: Sheet, posted: Posted) -> Response:
    """Whoever thinks better of it finds all of it again."""
    keep(sheet, typed_in(sheet, posted), posted, nonce_in(sheet))
    return ask_whether_to_begin_anew(sheet)


def _begin_anew(sheet: Sheet, posted: Posted) -> Response:
    if not comes_from_us():
        return ask_whether_to_begin_anew(sheet)
    forget(sheet)
    return redirect(own_address(), 303)


ACTS: Mapping[str, Callable[[Sheet, Posted], Response]] = {
    "conditions": _conditions,
    "more": _more,
    "next": go_on,
    "back": go_back,
    "to": go_to,
    "sign": sign_it,
    "draft": _save,
    "keep": _keep_mine,
    "other": _show_other,
    "anew": _ask_anew,
    "discard": _begin_anew,
}
