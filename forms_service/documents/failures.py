"""What goes wrong inside a template or WeasyPrint, said without a word of what the document contains."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from forms_service.errors import RenderFailed

BREAKS = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What code stumbles over. Not Exception: a worker's time limit is one, and must get through."""


@contextmanager
def in_words(key: str) -> Iterator[None]:
    """Turns every failure into a RenderFailed that names the document's key.

    The original error is cut off: its text, or the values in its traceback, may hold somebody's answers.
    """
    try:
        yield
    except UndefinedError as error:
        raise RenderFailed(f'"{key}" shows something that its uses: list does not name: {error.message}.') from None
    except TemplateSyntaxError as error:
        raise RenderFailed(f'The template of "{key}" cannot be read, line {error.lineno}: {error.message}') from None
    except (TemplateError, *BREAKS) as error:
        raise RenderFailed(f'"{key}" could not be made: {type(error).__name__}.') from None
