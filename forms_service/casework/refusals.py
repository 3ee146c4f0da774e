"""Why the domain said no, in the words that people read."""

from __future__ import annotations

from babel.numbers import format_decimal

from forms_service.domain.refusal import Refusal
from forms_service.texts import say


def refusal_words(reason: str) -> str:
    """The text of a refusal as ``str(Refused)`` tells it, "too_few_hours 2.5"; empty when there is no such reason."""
    code, _, hours = reason.partition(" ")
    if code not in set(Refusal):
        return ""
    values = {"hours": format_decimal(float(hours), locale="nb")} if hours else {}
    return say(f"casework.refusals.{code}", **values)
