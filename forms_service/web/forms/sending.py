"""What happens to a form that is opened and sent: whatever goes wrong, what was typed comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import jsonify, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms_service.forms.fill import blank
from forms_service.forms.rows import with_one_more, without
from forms_service.web.forms.address import AT, LOOKED, own_address
from forms_service.web.forms.again import Posted, nonce_in, show_again, show_at, typed_in
from forms_service.web.forms.draft_state import ask_whether_to_begin_anew, tell
from forms_service.web.forms.handing_in import more, send
from forms_service.web.forms.keeping import BY_ITSELF, forget, keep, opened, take_the_other
from forms_service.web.forms.language import BUTTON
from forms_service.web.forms.receiving import receive, with_files
from forms_service.web.forms.seal import sealing
from forms_service.web.forms.sheet import Notice, Sheet, show, show_too_late
from forms_service.web.forms.signing import sign_it, unsigned
from forms_service.web.forms.spot import spot_at, spot_left, spot_of
from forms_service.web.forms.stale import as_of_then, is_stale
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
    if request.method != "POST":
        return _open(with_files(sealing(sheet, sheet.draft.nonce if sheet.draft else "")))
    if is_somebody_elses():
        return show_somebody_elses()
    nonce = nonce_in(sheet)
    sheet, posted = receive(sealing(sheet, nonce), MultiDict(request.form), nonce)
    if sheet.is_over and posted.get("_do", "") not in ("", "conditions", "draft"):
        return show_too_late(sheet, typed_in(sheet, posted))
    if is_stale(sheet, posted):
        if BY_ITSELF not in request.headers:
            return show_again(sheet, typed_in(sheet, posted), posted, Notice.CHANGED)
        sheet = as_of_then(sheet, posted)
    return _done_with_parts(sheet, posted) or ACTS.get(posted.get("_do", "").partition(":")[0], send)(sheet, posted)


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
    """At the page that the address names; a draft goes on where it was left, and is looked at when all is right.

    What somebody else was quicker with stands there to be copied.
    """
    if sheet.is_over and sheet.draft:
        return show_too_late(sheet, typed_in(sheet, MultiDict(sheet.draft.typed)))
    if sheet.draft is None:
        filled = blank(sheet.form, sheet.context, sheet.prefill)
        return show(sheet, filled, spot_at(filled, ""), opened(sheet))
    posted, at = MultiDict(sheet.draft.typed), request.args.get(AT, "")
    filled = typed_in(sheet, posted)
    spot = spot_at(filled, at, LOOKED in request.args) if at else spot_left(filled)
    kept = replace(opened(sheet), continued_from=None) if at else opened(sheet)
    return show_at(sheet, filled, posted, spot, kept)


def _conditions(sheet: Sheet, posted: Posted) -> Response:
    return jsonify(shown=sorted(typed_in(sheet, posted).shown))


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
    "more": more,
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
