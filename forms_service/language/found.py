"""What could be read of a folder, before anybody knows whether it fits together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from forms_service.language.definitions import Definitions, Document, Form, Message, Workflow
from forms_service.language.titles import file_of_titles, translated_titles
from forms_service.language.wording import file_of, translated
from forms_service.translation.catalogue import Catalogue

T = TypeVar("T")
Titled = TypeVar("Titled", Workflow, Document)


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
            {key: self._titled(workflow) for key, workflow in _read(self.workflows).items()},
            {key: self.in_all_languages(form) for key, form in _read(self.forms).items()},
            _read(self.messages),
            {key: self._titled(document) for key, document in _read(self.documents).items()},
        )

    def in_all_languages(self, form: Form) -> Form:
        """With a translation in every language that has any word of it."""
        spoken = {code: translated(form, own) for code, own in self._said_of(file_of(form))}
        return replace(form, languages=spoken) if spoken else form

    def _titled(self, titled: Titled) -> Titled:
        spoken = {code: translated_titles(titled, own) for code, own in self._said_of(file_of_titles(titled))}
        return replace(titled, languages=spoken) if spoken else titled

    def _said_of(self, file: str) -> Iterator[tuple[str, Catalogue]]:
        """The languages that have any word of a file, with what they say of it."""
        for code, catalogue in sorted(_read(self.languages).items()):
            own = catalogue.only([file])
            if own.entries:
                yield code, own


def readable(values: Iterable[T | None]) -> Iterator[T]:
    return (value for value in values if value is not None)


def _read(found: Mapping[str, T | None]) -> dict[str, T]:
    return {key: value for key, value in found.items() if value is not None}
