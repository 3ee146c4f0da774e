"""Which questions apply: ``show_when`` decided on the server from the answers, not by the browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms_service.errors import ExpressionError, MissingValue
from forms_service.forms.context import Namespace
from forms_service.forms.question import Question
from forms_service.forms.typed_values import typed_values
from forms_service.language.definitions import Field


def shown(questions: Iterable[Question], values: Mapping[str, object], data: Namespace) -> frozenset[str]:
    """Names of the questions that apply, in one pass from top to bottom.

    ``values`` are the answers so far (None where there is none). What a hidden question was answered counts for nothing
    further down. A condition on something that is not answered yet hides its question.
    """
    asked = tuple(questions)
    known = {**data, **typed_values((question.field for question in asked), values)}
    names: set[str] = set()
    for question in asked:
        if _holds(question.field, known):
            names.add(question.name)
        else:
            known[question.name] = None
    return frozenset(names)


def may_apply(field: Field, names: frozenset[str], data: Namespace) -> bool:
    """False when the facts alone already say no: then not even its choices leave the server."""
    return depends_on(field, names) != frozenset() or _holds(field, data)


def depends_on(field: Field, names: frozenset[str]) -> frozenset[str]:
    """Names of the form's own questions that decide whether this one is shown."""
    if field.show_when is None:
        return frozenset()
    return names & frozenset(name.split(".")[0] for name in field.show_when.names())


def _holds(field: Field, known: Namespace) -> bool:
    if field.show_when is None:
        return True
    try:
        return field.show_when.holds(known)
    except (MissingValue, ExpressionError):
        return False
