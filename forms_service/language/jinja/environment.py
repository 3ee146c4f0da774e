"""The template language as texts may use it: plain data only, nothing that could grow without bounds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms_service.errors import FormsServiceError

MAX_LENGTH = 250_000
MAX_DEPTH = 200
TOO_DEEP = "It is nested too deeply"


class TemplateFailed(FormsServiceError):
    """The text does something that a text may not do."""

    code = "template"


class UnreadableTemplate(TemplateFailed):
    """The template cannot be read; ``line`` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"Line {line}: {reason}")


class TextEnvironment(ImmutableSandboxedEnvironment):
    """Takes names from plain data only: ``case.items`` is a fact called so, never a method of a dictionary."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A text multiplies no texts and raises to no power: a few signs could fill the memory."""
        if operator == "**" or isinstance(left, str) or isinstance(right, str):
            raise SecurityError
        return super().call_binop(context, operator, left, right)


@lru_cache(maxsize=1)
def environment() -> Environment:
    return TextEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, finalize=_never_none
    )


def read_template(source: str) -> nodes.Template:
    """The template's tree; UnreadableTemplate when it is none."""
    if len(source) > MAX_LENGTH:
        raise UnreadableTemplate(f"It is longer than {MAX_LENGTH} characters", 1)
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        raise UnreadableTemplate(error.message or "unreadable", error.lineno) from None
    except RecursionError:
        raise UnreadableTemplate(TOO_DEEP, 1) from None
    if _is_deep(tree):
        raise UnreadableTemplate(TOO_DEEP, 1)
    return tree


def _is_deep(tree: nodes.Template) -> bool:
    """Looked at level by level: whoever walks through the tree afterwards recurses."""
    level: list[nodes.Node] = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in parent.iter_child_nodes()]
    return bool(level)


def _never_none(value: object) -> object:
    if value is None:
        raise UndefinedError
    return value
