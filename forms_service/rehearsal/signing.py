"""Signing in a rehearsal, where everybody who must sign does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from werkzeug.datastructures import MultiDict

from forms_service.forms.context import Context
from forms_service.forms.fill import Filled, fill
from forms_service.forms.signature import digest_of, sign
from forms_service.language.definitions import Form


class OpenSeal:
    """Hides nothing: what is signed here leaves no rehearsal."""

    def close(self, content: Mapping[str, str]) -> str:
        return json.dumps(dict(content))

    def open(self, text: str) -> Mapping[str, str] | None:
        try:
            found = json.loads(text)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


def fill_and_sign(form: Form, context: Context, typed: Mapping[str, Sequence[str]], at: datetime) -> Filled:
    """The form filled in; what is typed in a signature is the name that signs, once all else is right."""
    posted = MultiDict([(name, value) for name in typed for value in typed[name]])
    filled = fill(form, context, posted)
    if filled.content is None or filled.answers is not None:
        return filled
    digest = digest_of(form, filled.content)
    for question in (question for group in filled.to_sign() for question in group.questions):
        for name in typed.get(question.name, ()):
            sealed = sign(context.seal, question.field, name, at, digest, "")
            posted[f"{question.name}-sealed"] = sealed
    return fill(form, context, posted)
