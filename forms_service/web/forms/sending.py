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
from forms_service.forms.fill import Filled, blank, fill, typed
from forms_service.forms.rows import with_one_more, without
from forms_service.web.errors.pages import pages_log
from forms_service.web.forms.draft_state import ask_whether_to_begin_anew, tell
from forms_service.web.forms.keeping import BY_ITSELF, forget, is_overtaken, keep, opened, take_the_other
from forms_service.web.forms.nonce import fresh_nonce, is_nonce, nonce_for, use_up
from forms_service.web.forms.page_draft import PageDraft
from forms_service.web.forms.receiving import receive, with_files
from forms_service.web.forms.sheet import Notice, Sheet, show, show_too_late
from forms_service.web.forms.typed_back import comes_from_us, is_somebody_elses, show_somebody_elses

NO_QUESTIONS: frozenset[str] = frozenset()
Posted = MultiDict[str, str]


def take(sheet: Sheet) -> Response:
    """GET shows the form with its draft; POST sends it, or only does with it what ``_do`` says.

    The page's own fields begin with an underscore, as no name in a definition does: ``_nonce``, ``_do`` (what the
    button means), ``_clear`` (the question whose answer is taken back, or the row), ``_add`` (the group that gets one
    row more), ``_seen`` (the questions that were shown), ``_whose`` (who filled it in), ``_version`` (of the workflow),
    and of the draft ``_draft`` (the writing that the page knows), ``_page`` and ``_stroke`` (the page and its last
    writing).
    """
    if request.method != "POST":
        return _open(with_files(sheet))
    if is_somebody_elses():
        return show_somebody_elses()
    sheet, posted = receive(sheet, MultiDict(request.form), _nonce(sheet))
    if posted.get("_clear"):
        group = posted["_clear"].rpartition("-")[0]
        posted = without(posted, posted["_clear"])
        return _again(sheet, _typed(sheet, posted), posted, Notice.NONE, frozenset({group}))
    if posted.get("_add"):
        posted = with_one_more(posted, posted["_add"])
        return _again(sheet, _typed(sheet, posted), posted, Notice.NONE, frozenset({posted["_add"]}))
    return ACTS.get(posted.get("_do", ""), _send)(sheet, posted)


def _open(sheet: Sheet) -> Response:
    if sheet.draft is None:
        return show(sheet, blank(sheet.form, sheet.context, sheet.prefill), opened(sheet))
    return show(sheet, _typed(sheet, MultiDict(sheet.draft.typed)), opened(sheet))


def _send(sheet: Sheet, posted: Posted) -> Response:
    if not comes_from_us():
        return _again(sheet, _typed(sheet, posted), posted, Notice.SIGNED_IN_ANEW)
    filled = fill(sheet.form, sheet.context, posted)
    if _unseen(filled, posted):
        return _more(sheet, posted)
    if filled.answers is None:
        return _again(sheet, filled, posted, Notice.PROBLEMS)
    if is_overtaken(sheet, filled, posted):
        return _again(sheet, filled, posted, Notice.NONE)
    return _hand_in(sheet, filled, filled.answers, posted)


def _hand_in(sheet: Sheet, filled: Filled, answers: Mapping[str, object], posted: Posted) -> Response:
    nonce = _nonce(sheet)
    try:
        receipt = sheet.send(nonce, answers)
    except DifferentAnswers:
        if not sheet.can_be_sent_again:
            return show_too_late(sheet, filled)
        return show(sheet, filled, keep(sheet, filled, posted, fresh_nonce(sheet.key)), Notice.DIFFERENT)
    except AlreadyAnswered:
        return show_too_late(sheet, filled)
    except MoveRefused as error:
        refused = replace(sheet, around={**sheet.around, "refusal": problem_of(error)})
        return _again(refused, filled, posted, Notice.REFUSED)
    except OperationalError as error:  # the database is busy or away: nothing was stored, and the same nonce is safe
        pages_log(error)
        return _again(sheet, filled, posted, Notice.BUSY)
    use_up(sheet.key, nonce)
    forget(sheet)
    return sheet.done(receipt)


def _conditions(sheet: Sheet, posted: Posted) -> Response:
    return jsonify(shown=sorted(_typed(sheet, posted).shown))


def _more(sheet: Sheet, posted: Posted) -> Response:
    """Show the questions that have come up, without calling anything wrong yet."""
    filled = _typed(sheet, posted)
    return _again(sheet, filled, posted, Notice.MORE, _unseen(filled, posted))


def _save(sheet: Sheet, posted: Posted) -> Response:
    """The button without script, or what a page does by itself while somebody types."""
    filled = _typed(sheet, posted)
    if BY_ITSELF in request.headers:
        return tell(keep(sheet, filled, posted, _nonce(sheet)), already_told="_conflict" in posted)
    return _again(sheet, filled, posted, Notice.SAVED)


def _keep_mine(sheet: Sheet, posted: Posted) -> Response:
    filled = _typed(sheet, posted)
    return show(sheet, filled, keep(sheet, filled, posted, _nonce(sheet), on_purpose=True), Notice.SAVED)


def _show_other(sheet: Sheet, posted: Posted) -> Response:
    take_the_other(sheet, _typed(sheet, posted), posted, _nonce(sheet))
    return redirect(_here(), 303)


def _ask_anew(sheet: Sheet, posted: Posted) -> Response:
    """Whoever thinks better of it finds all of it again."""
    keep(sheet, _typed(sheet, posted), posted, _nonce(sheet))
    return ask_whether_to_begin_anew(sheet)


def _begin_anew(sheet: Sheet, posted: Posted) -> Response:
    if not comes_from_us():
        return ask_whether_to_begin_anew(sheet)
    forget(sheet)
    return redirect(_here(), 303)


ACTS: Mapping[str, Callable[[Sheet, Posted], Response]] = {
    "conditions": _conditions,
    "more": _more,
    "draft": _save,
    "keep": _keep_mine,
    "other": _show_other,
    "anew": _ask_anew,
    "discard": _begin_anew,
}


def _here() -> str:
    return request.full_path if request.query_string else request.path


def _typed(sheet: Sheet, posted: Posted) -> Filled:
    return typed(sheet.form, sheet.context, posted)


def _again(
    sheet: Sheet, filled: Filled, posted: Posted, notice: Notice, more: frozenset[str] = NO_QUESTIONS
) -> Response:
    kept: PageDraft = keep(sheet, filled, posted, _nonce(sheet))
    return show(sheet, filled, kept, notice, more)


def _nonce(sheet: Sheet) -> str:
    posted = request.form.get("_nonce", "")
    return posted if is_nonce(posted) else nonce_for(sheet.key)


def _unseen(filled: Filled, posted: Posted) -> frozenset[str]:
    """Questions that apply but were hidden on the page that was sent: without script they must be shown first."""
    if "_seen" not in posted:
        return NO_QUESTIONS
    return filled.shown - frozenset(posted["_seen"].split())
