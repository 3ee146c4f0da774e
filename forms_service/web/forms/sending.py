"""What happens to a form that is opened and sent: whatever goes wrong, what was typed comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import jsonify, request
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms_service.engine.failure import problem_of
from forms_service.errors import AlreadyAnswered, DifferentAnswers, MoveRefused
from forms_service.forms.fill import Filled, blank, fill, typed
from forms_service.web.errors.pages import pages_log
from forms_service.web.forms.nonce import fresh_nonce, is_nonce, nonce_for, use_up
from forms_service.web.forms.sheet import Notice, Sheet, show, show_too_late
from forms_service.web.forms.typed_back import comes_from_us, is_somebody_elses, show_somebody_elses

NO_QUESTIONS: frozenset[str] = frozenset()


def take(sheet: Sheet) -> Response:
    """GET shows the form; POST sends it, or only asks which questions the answers lead to.

    The page's own fields begin with an underscore, as no name in a definition does: ``_nonce``, ``_do`` (what the
    button means), ``_clear`` (the question whose answer is taken back), ``_seen`` (the questions that were shown),
    ``_whose`` (who filled it in).
    """
    if request.method != "POST":
        return show(sheet, blank(sheet.form, sheet.context, sheet.prefill), nonce_for(sheet.key))
    if is_somebody_elses():
        return show_somebody_elses()
    posted = MultiDict(request.form)
    if posted.get("_clear"):
        posted.poplist(posted["_clear"])
        return _again(sheet, typed(sheet.form, sheet.context, posted), Notice.NONE)
    if posted.get("_do") == "conditions":
        return jsonify(shown=sorted(typed(sheet.form, sheet.context, posted).shown))
    if posted.get("_do") == "more":
        return _more(sheet, posted)
    return _send(sheet, posted)


def _send(sheet: Sheet, posted: MultiDict[str, str]) -> Response:
    if not comes_from_us():
        return _again(sheet, typed(sheet.form, sheet.context, posted), Notice.SIGNED_IN_ANEW)
    filled = fill(sheet.form, sheet.context, posted)
    if _unseen(filled, posted):
        return _more(sheet, posted)
    if filled.answers is None:
        return _again(sheet, filled, Notice.PROBLEMS)
    return _hand_in(sheet, filled, filled.answers)


def _hand_in(sheet: Sheet, filled: Filled, answers: Mapping[str, object]) -> Response:
    nonce = _nonce(sheet)
    try:
        receipt = sheet.send(nonce, answers)
    except DifferentAnswers:
        if not sheet.can_be_sent_again:
            return show_too_late(sheet, filled)
        return show(sheet, filled, fresh_nonce(sheet.key), Notice.DIFFERENT)
    except AlreadyAnswered:
        return show_too_late(sheet, filled)
    except MoveRefused as error:
        refused = replace(sheet, around={**sheet.around, "refusal": problem_of(error)})
        return show(refused, filled, nonce, Notice.REFUSED)
    except OperationalError as error:  # the database is busy or away: nothing was stored, and the same nonce is safe
        pages_log(error)
        return _again(sheet, filled, Notice.BUSY)
    use_up(sheet.key, nonce)
    return sheet.done(receipt)


def _more(sheet: Sheet, posted: MultiDict[str, str]) -> Response:
    """Show the questions that have come up, without calling anything wrong yet."""
    filled = typed(sheet.form, sheet.context, posted)
    return show(sheet, filled, _nonce(sheet), Notice.MORE, _unseen(filled, posted))


def _again(sheet: Sheet, filled: Filled, notice: Notice) -> Response:
    return show(sheet, filled, _nonce(sheet), notice)


def _nonce(sheet: Sheet) -> str:
    posted = request.form.get("_nonce", "")
    return posted if is_nonce(posted) else nonce_for(sheet.key)


def _unseen(filled: Filled, posted: MultiDict[str, str]) -> frozenset[str]:
    """Questions that apply but were hidden on the page that was sent: without script they must be shown first."""
    if "_seen" not in posted:
        return NO_QUESTIONS
    return filled.shown - frozenset(posted["_seen"].split())
