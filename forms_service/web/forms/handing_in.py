"""Handing in a form: what is not right, or not taken, is shown again with all that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import redirect
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from forms_service.engine.failure import problem_of
from forms_service.errors import AlreadyAnswered, DifferentAnswers, FormChanged, MoveRefused
from forms_service.forms.fill import Filled, fill
from forms_service.web.errors.pages import pages_log
from forms_service.web.forms.address import own_address
from forms_service.web.forms.again import Posted, nonce_in, show_again, typed_in, unseen
from forms_service.web.forms.keeping import forget, is_overtaken, keep
from forms_service.web.forms.left_open import to_ask
from forms_service.web.forms.nonce import fresh_nonce, use_up
from forms_service.web.forms.receiving import for_another
from forms_service.web.forms.seal import sealing
from forms_service.web.forms.sheet import Notice, Sheet, show, show_too_late
from forms_service.web.forms.spot import first_with, spot_of
from forms_service.web.forms.typed_back import comes_from_us


def send(sheet: Sheet, posted: Posted) -> Response:
    """What has come up, is wrong, was written elsewhere or is open is asked about first."""
    if not comes_from_us():
        return show_again(sheet, typed_in(sheet, posted), posted, Notice.SIGNED_IN_ANEW)
    filled = fill(sheet.form, sheet.context, posted)
    if unseen(filled, posted):
        return more(sheet, posted)
    if filled.answers is None:
        at = first_with(filled, filled.wrong(), looked=spot_of(filled, posted).looked)
        return show_again(sheet, filled, posted, Notice.PROBLEMS, at=at)
    if is_overtaken(sheet, filled, posted):
        return show_again(sheet, filled, posted, Notice.NONE)
    left_open = to_ask(filled, spot_of(filled, posted), posted)
    if left_open:
        return show_again(sheet, left_open, posted, Notice.LEFT_OPEN)
    return _hand_in(sheet, filled, filled.answers, posted)


def more(sheet: Sheet, posted: Posted) -> Response:
    """Show the questions that have come up, without calling anything wrong yet."""
    filled = typed_in(sheet, posted)
    came_up = unseen(filled, posted)
    at = first_with(filled, came_up, looked=spot_of(filled, posted).looked) if came_up else None
    return show_again(sheet, filled, posted, Notice.MORE, came_up, at=at)


def _hand_in(sheet: Sheet, filled: Filled, answers: Mapping[str, object], posted: Posted) -> Response:
    nonce = nonce_in(sheet)
    try:
        receipt = sheet.send(nonce, answers)
    except tuple(NOT_TAKEN) as error:
        why = next(kind for kind in NOT_TAKEN if isinstance(error, kind))
        return NOT_TAKEN[why](sheet, filled, posted, error)
    use_up(sheet.key, nonce)
    forget(sheet)
    return sheet.done(receipt)


def _other_answers(sheet: Sheet, filled: Filled, posted: Posted, error: Exception) -> Response:
    """It was sent with other answers before; sent once more it is something of its own, where there can be two."""
    if not sheet.can_be_sent_again:
        return show_too_late(sheet, filled)
    nonce = fresh_nonce(sheet.key)
    sheet, posted = for_another(sealing(sheet, nonce), posted, nonce)
    filled = fill(sheet.form, sheet.context, posted)
    return show(sheet, filled, spot_of(filled, posted), keep(sheet, filled, posted, nonce), Notice.DIFFERENT)


def _too_late(sheet: Sheet, filled: Filled, posted: Posted, error: Exception) -> Response:
    return show_too_late(sheet, filled)


def _other_questions(sheet: Sheet, filled: Filled, posted: Posted, error: Exception) -> Response:
    """In this very moment: the form is asked for anew, and stands there with its draft."""
    keep(sheet, filled, posted, nonce_in(sheet))
    return redirect(own_address(), 303)


def _refused(sheet: Sheet, filled: Filled, posted: Posted, error: Exception) -> Response:
    refused = replace(sheet, around={**sheet.around, "refusal": problem_of(error)})
    return show_again(refused, filled, posted, Notice.REFUSED)


def _busy(sheet: Sheet, filled: Filled, posted: Posted, error: Exception) -> Response:
    """The database is busy or away: nothing was stored, and the same nonce is safe."""
    pages_log(error)
    return show_again(sheet, filled, posted, Notice.BUSY)


NOT_TAKEN: Mapping[type[Exception], Callable[[Sheet, Filled, Posted, Exception], Response]] = {
    DifferentAnswers: _other_answers,
    AlreadyAnswered: _too_late,
    FormChanged: _other_questions,
    MoveRefused: _refused,
    OperationalError: _busy,
}
"""Why answers are not taken, and what is said then."""
