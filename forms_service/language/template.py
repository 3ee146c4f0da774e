"""Texts with ``{{ names }}``: plain data in, plain text out, nothing missing passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms_service.errors import FormsServiceError
from forms_service.language.evaluate import look_up
from forms_service.language.missing import MissingName

STEP_CALLED_SELF = "self_"
"""Jinja keeps ``self`` for its own blocks, and would not count it among the names taken from the data."""
PLAIN = (str, int, float, bool, date, type(None))


class TemplateFailed(FormsServiceError):
    """The text does something that a text may not do."""

    code = "template"


class UnreadableTemplate(TemplateFailed):
    """The template cannot be read; ``line`` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"Line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a template takes from its data ("match.started"), and the line it stands in."""

    name: str
    line: int


def render_text(source: str, data: Mapping[str, object]) -> str:
    """Fill a plain text. MissingName when a name has no value, TemplateFailed for anything a text may not do."""
    try:
        return texts().from_string(source).render(_plain(data))
    except TemplateSyntaxError as error:
        raise UnreadableTemplate(error.message or "unreadable", error.lineno) from None
    except UndefinedError:
        raise MissingName(_missing(source, data)) from None
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise TemplateFailed from None


def variables_of(source: str) -> set[str]:
    """The dotted names that a template takes from its data; UnreadableTemplate when it is no template."""
    return {use.name for use in uses_of(source)}


def uses_of(source: str) -> tuple[Use, ...]:
    """Every name taken from the data, in the order of the text; loop variables and set names are left out."""
    tree = _parsed(source)
    undeclared = meta.find_undeclared_variables(_without_filters(tree)) - _set_for_all_blocks(tree)
    taken = (use for use in _chains(tree) if use.name.partition(".")[0] in undeclared)
    return tuple(replace(use, name=re.sub(f"^{STEP_CALLED_SELF}", "self", use.name)) for use in taken)


def includes_of(source: str) -> tuple[str | None, ...]:
    """The templates it includes, imports or extends; None for one whose name is worked out."""
    return tuple(meta.find_referenced_templates(_parsed(source)))


def unknown_filters_of(source: str) -> tuple[Use, ...]:
    """Filters and tests that a plain text does not have."""
    known = {nodes.Filter: texts().filters, nodes.Test: texts().tests}
    found = _parsed(source).find_all((nodes.Filter, nodes.Test))
    return tuple(Use(called.name, called.lineno) for called in found if called.name not in known[type(called)])


@lru_cache(maxsize=1)
def texts() -> Environment:
    return TextEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, finalize=_never_none
    )


class TextEnvironment(ImmutableSandboxedEnvironment):
    """Takes names from plain data only: ``case.items`` is a fact called so, never a method of a dictionary."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def _never_none(value: object) -> object:
    if value is None:
        raise UndefinedError
    return value


def _parsed(source: str) -> nodes.Template:
    try:
        tree = texts().parse(source)
    except TemplateSyntaxError as error:
        raise UnreadableTemplate(error.message or "unreadable", error.lineno) from None
    for name in tree.find_all(nodes.Name):
        name.name = STEP_CALLED_SELF if name.name == "self" else name.name
    return tree


def _set_for_all_blocks(tree: nodes.Template) -> set[str]:
    """Names that the template itself sets or imports outside its blocks; Jinja hands them to the blocks as data."""
    found: set[str] = set()
    for node in tree.body:
        match node:
            case nodes.Import(target=target):
                found.add(target)
            case nodes.FromImport(names=names):
                found |= {name if isinstance(name, str) else name[1] for name in names}
            case nodes.Macro(name=name):
                found.add(name)
            case nodes.Assign() | nodes.AssignBlock():
                found |= {name.name for name in node.target.find_all(nodes.Name)} | _own_name(node.target)
    return found


def _own_name(target: nodes.Node) -> set[str]:
    return {target.name} if isinstance(target, nodes.Name) else set()


def _without_filters(tree: nodes.Template) -> nodes.Template:
    """Jinja refuses to look for names where it does not know a filter; which filters there are is for others to say."""
    for called in tree.find_all((nodes.Filter, nodes.Test)):
        called.name = "string" if isinstance(called, nodes.Filter) else "defined"
    return tree


def _chains(node: nodes.Node) -> Iterator[Use]:
    name = _dotted(node)
    if name:
        yield Use(name, node.lineno)
        return
    for child in node.iter_child_nodes():
        yield from _chains(child)


def _dotted(node: nodes.Node) -> str:
    """The name that a chain such as ``match.started`` or ``match["started"]`` spells; empty for anything else."""
    if isinstance(node, nodes.Name):
        return node.name if node.ctx == "load" else ""
    if isinstance(node, nodes.Getattr):
        return _joined(_dotted(node.node), node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return _joined(_dotted(node.node), node.arg.value)
    return ""


def _joined(start: str, part: str) -> str:
    return f"{start}.{part}" if start else ""


def _missing(source: str, data: Mapping[str, object]) -> str:
    for use in uses_of(source):
        try:
            if look_up(use.name, data) is None:
                return use.name
        except MissingName:
            return use.name
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
