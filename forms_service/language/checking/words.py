"""Checks that a word names something: a role, a form, a message or a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forms_service.language.checking.scope import Given
from forms_service.language.definitions import FieldType, Form, Located, at
from forms_service.language.found import Found
from forms_service.language.jinja.names import Use
from forms_service.language.notes import Notes
from forms_service.language.vocabulary import Vocabulary

OUTCOME, OUTCOMES = "outcome", frozenset({"try_again", "drop"})


@dataclass(frozen=True, slots=True)
class Words:
    """All that a workflow can name; an empty word is passed over, since whoever read it has noted it."""

    found: Found
    vocabulary: Vocabulary
    notes: Notes
    given: Given
    labels: Mapping[str, tuple[Use, ...]]
    """Document → the labels in its template whose names it may use."""
    deciding: Collection[str]
    """The forms that decide what happens to a document that was not sent."""

    def must_exist(self, what: str, word: str, known: Collection[str], thing: Located, key: str) -> None:
        if word and word not in known:
            self.notes.unknown(at(thing, key), what, word, known)

    def role(self, word: str, thing: Located, key: str) -> None:
        self.must_exist("role", word, self.vocabulary.roles, thing, key)

    def form(self, word: str, thing: Located, key: str) -> None:
        self.must_exist("form", word, self.found.forms, thing, key)

    def message(self, word: str, thing: Located, key: str) -> None:
        self.must_exist("message", word, self.found.messages, thing, key)

    def held_form(self, word: str, thing: Located, key: str) -> None:
        """The form that decides what happens to a document that was not sent."""
        self.form(word, thing, key)
        if self.found.forms.get(word) and word not in self.deciding:
            wanted = f'a choice field "{OUTCOME}" with the values try_again and drop'
            self.notes.add(at(thing, key), f'The form "{word}" needs {wanted}.')


def decides(form: Form) -> bool:
    return any(
        field.name == OUTCOME and field.type is FieldType.CHOICE and field.choices.keys() >= OUTCOMES
        for field in form.fields()
    )
