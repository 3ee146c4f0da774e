"""How a document's template is read: escaping always on, plain data only, a name that is not there is an error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms_service.documents.norwegian import FILTERS

RENAMED = {"self": "self_"}
"""Jinja keeps ``self`` for its own blocks; in our templates it is a step like any other."""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Reads names from plain data only: ``meeting.items`` is an answer, never a method of a dictionary."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_never_none,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.filters |= FILTERS
        del self.filters["safe"]

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._named(obj, attribute) if isinstance(obj, Mapping) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self._named(obj, argument) if isinstance(obj, Mapping) else super().getitem(obj, argument)

    def _named(self, data: Mapping[Any, Any], name: Any) -> Any:
        return data[name] if name in data else self.undefined(obj=data, name=name)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Name):
            node.name = RENAMED.get(node.name, node.name)
        return tree


def _never_none(value: object) -> object:
    """An answer left empty is shown as nothing, not as the word None."""
    return "" if value is None else value


def for_template(data: Mapping[str, object]) -> dict[str, object]:
    """The same data under the names that the template is read with."""
    return {RENAMED.get(name, name): value for name, value in data.items()}
