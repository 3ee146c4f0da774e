"""Signing a form that is filled in: all else is right first, and is what is signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms_service.forms.fields import SIGNATURE_PARTS
from forms_service.forms.fill import Filled, Wrong, fill
from forms_service.forms.signature import digest_of, sign
from forms_service.language.drawing import is_drawing
from forms_service.texts import say
from forms_service.web.current import now, runtime
from forms_service.web.forms.again import Posted, first_wrong, move_to, show_again, typed_in
from forms_service.web.forms.sheet import Notice, Sheet
from forms_service.web.forms.spot import LAST_LOOK, spot_at


def sign_it(sheet: Sheet, posted: Posted) -> Response:
    """One person signs; the others may come after her, on the same screen."""
    filled, name = fill(sheet.form, sheet.context, posted), posted["_do"].partition(":")[2]
    if name not in filled.signers():
        return show_again(sheet, typed_in(sheet, posted), posted, Notice.NONE)
    at = spot_at(filled, LAST_LOOK)
    if filled.content is None:
        return show_again(sheet, filled, posted, Notice.PROBLEMS, at=first_wrong(filled))
    field = filled.wtform[name]
    lacking = _lacking(field)
    if lacking:
        field.errors = [say(lacking, label=field.question.label)]
        wrong_here = (Wrong(name, field.question.anchor, field.errors[0]),)
        return show_again(sheet, replace(filled, problems=wrong_here), posted, Notice.PROBLEMS, at=at)
    signed = _sealed(sheet, filled, field, posted)
    return move_to(sheet, fill(sheet.form, sheet.context, signed), signed, at, name)


def unsigned(posted: Posted, name: str) -> Posted:
    """What was posted without one signature, with all its parts."""
    parts = {f"{name}{part}" for part in SIGNATURE_PARTS}
    return MultiDict([(key, value) for key, value in posted.items(multi=True) if key not in parts])


def _lacking(field: Any) -> str:
    """The key of the words for what keeps somebody from signing; empty when nothing does."""
    if not field.signer:
        return "forms.name_to_sign"
    return "" if is_drawing(field.drawing) else "forms.not_drawing"


def _sealed(sheet: Sheet, filled: Filled, field: Any, posted: Posted) -> Posted:
    assert filled.content is not None
    question, at = field.question, now().astimezone(runtime().zone)
    digest = digest_of(filled.form, filled.content)
    sealed = sign(sheet.context.seal, question.field, field.signer, at, digest, field.drawing)
    return MultiDict([*unsigned(posted, question.name).items(multi=True), (f"{question.name}-sealed", sealed)])
