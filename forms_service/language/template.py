"""Texts with ``{{ names }}``: plain data in, plain text out, nothing missing passed over in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from forms_service.language.grammar.evaluate import look_up
from forms_service.language.jinja.environment import TemplateFailed, UnreadableTemplate, environment
from forms_service.language.jinja.names import uses_of
from forms_service.language.missing import MissingName

__all__ = ["TemplateFailed", "UnreadableTemplate", "render_text", "variables_of"]

PLAIN = (str, int, float, bool, date, type(None))
OUT_OF_BOUNDS = (ArithmeticError, AttributeError, LookupError, RecursionError, SyntaxError, TypeError, ValueError)


def render_text(source: str, data: Mapping[str, object]) -> str:
    """Fill a plain text. MissingName when a name has no value, TemplateFailed for anything a text may not do."""
    try:
        return environment().from_string(source).render(_plain(data))
    except TemplateSyntaxError as error:
        raise UnreadableTemplate(error.message or "unreadable", error.lineno) from None
    except UndefinedError:
        raise MissingName(_missing(source, data)) from None
    except (TemplateError, *OUT_OF_BOUNDS):
        raise TemplateFailed from None


def variables_of(source: str) -> set[str]:
    """The dotted names that a template takes from its data; UnreadableTemplate when it is no template."""
    return {use.name for use in uses_of(source) if not use.in_entry}


def _missing(source: str, data: Mapping[str, object]) -> str:
    """The first name of the text that has no value."""
    for name in (use.name for use in uses_of(source) if not use.in_entry):
        try:
            if look_up(name, data) is None:
                return name
        except MissingName:
            return name
    return "a value"


def _plain(value: object) -> object:
    """The same data, copied; TemplateFailed when it holds anything but plain values."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, PLAIN):
        return value
    raise TemplateFailed("Only plain values can stand in a text.")
