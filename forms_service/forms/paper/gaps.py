"""Texts with facts, on paper: a fact that nobody knows yet is a line to write on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from forms_service.errors import FormsServiceError
from forms_service.forms.context import Namespace
from forms_service.language.grammar.evaluate import look_up
from forms_service.language.missing import MissingName
from forms_service.language.template import render_text, variables_of

GAP = "_" * 14
VALUE, STATEMENT = re.compile(r"\{\{.*?\}\}", re.DOTALL), re.compile(r"\{%.*?%\}", re.DOTALL)


def with_gaps(text: str, data: Namespace) -> str:
    """The text with the facts that are known; nothing raises, whatever its author wrote."""
    if "{" not in text:
        return text
    try:
        return render_text(text, _with_lines(text, data))
    except FormsServiceError:
        return STATEMENT.sub("", VALUE.sub(GAP, text))


def _with_lines(text: str, data: Namespace) -> Namespace:
    for name in sorted(variables_of(text)):
        if not _is_known(name, data):
            data = _put(name.split("."), data)
    return data


def _is_known(name: str, data: Namespace) -> bool:
    try:
        return look_up(name, data) not in {None, ""}
    except (MissingName, TypeError):  # a list is known, and is in no set
        return False


def _put(parts: list[str], data: Namespace) -> Namespace:
    """The same data with a line at the end of a dotted name."""
    first, *rest = parts
    inner: Any = data.get(first)
    below: Namespace = inner if isinstance(inner, Mapping) else {}
    return {**data, first: _put(rest, below) if rest else GAP}
