"""Rules across fields: what several answers must be together, once each of them is an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms_service.errors import ExpressionError, MissingValue
from forms_service.forms.context import Context
from forms_service.forms.typed_values import typed_values
from forms_service.language.definitions import Form, Rule


def broken(form: Form, values: Mapping[str, object], context: Context) -> Iterator[Rule]:
    """Rules that do not hold, one for each field at most. ``values`` has None for what is hidden or not answered."""
    known = {**context.data, **typed_values(form.fields(), values)}
    marked: set[str] = set()
    for rule in form.rules:
        if rule.at not in marked and values.get(rule.at) is not None and not _holds(rule, known):
            marked.add(rule.at)
            yield rule


def _holds(rule: Rule, known: Mapping[str, object]) -> bool:
    """A rule about something that is not answered has nothing to say yet."""
    try:
        return rule.must.holds(known)
    except (MissingValue, ExpressionError):
        return True
