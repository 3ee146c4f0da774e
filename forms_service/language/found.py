"""What could be read of a folder, before anybody knows whether it fits together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from forms_service.language.definitions import Definitions, Document, Form, Message, Workflow
from forms_service.language.wording import file_of, translated
from forms_service.translation.catalogue import Catalogue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """Definitions by key; None for a file that is there and cannot be read, so that nobody calls it unknown."""

    workflows: dict[str, Workflow | None] = field(default_factory=dict)
    forms: dict[str, Form | None] = field(default_factory=dict)
    messages: dict[str, Message | None] = field(default_factory=dict)
    documents: dict[str, Document | None] = field(default_factory=dict)
    languages: dict[str, Catalogue | None] = field(default_factory=dict)

    def definitions(self) -> Definitions:
        return Definitions(
            _read(self.workflows),
            {key: self.in_all_languages(form) for key, form in _read(self.forms).items()},
            _read(self.messages),
            _read(self.documents),
        )

    def in_all_languages(self, form: Form) -> Form:
        """With a translation in every language that has any word of it."""
        catalogues = {code: catalogue.only([file_of(form)]) for code, catalogue in _read(self.languages).items()}
        spoken = {code: translated(form, own) for code, own in sorted(catalogues.items()) if own.entries}
        return replace(form, languages=spoken) if spoken else form


def readable(values: Iterable[T | None]) -> Iterator[T]:
    return (value for value in values if value is not None)


def _read(found: Mapping[str, T | None]) -> dict[str, T]:
    return {key: value for key, value in found.items() if value is not None}
