"""Questions → a WTForms form, and the questions themselves in their sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wtforms.fields.core import UnboundField  # type: ignore[import-untyped]
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from forms_service.forms.conditions import may_apply
from forms_service.forms.context import Context
from forms_service.forms.fields import MAKERS
from forms_service.forms.file_field import FileField
from forms_service.forms.question import Question, ask, with_facts
from forms_service.forms.rows import GroupField
from forms_service.language.definitions import FieldType, Form

OWN = {FieldType.GROUP: GroupField, FieldType.FILE: FileField}
"""Types whose answers are more than one value."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some questions under one heading."""

    title: str
    help: str
    questions: tuple[Question, ...]


def groups_of(form: Form, context: Context) -> tuple[Group, ...]:
    """The form's sections with every question that can ever apply to this person; empty sections are left out."""
    names = frozenset(field.name for field in form.fields())
    groups = (
        Group(
            title=with_facts(section.title, context),
            help=with_facts(section.help, context),
            questions=tuple(ask(field, context) for field in section.fields if may_apply(field, names, context.data)),
        )
        for section in form.sections
    )
    return tuple(group for group in groups if group.questions)


def build(questions: Iterable[Question]) -> BaseForm:
    """A WTForms form that has not been given any data yet.

    A BaseForm, because a field may be named like an attribute of wtforms.Form ("data", "errors").
    """
    return BaseForm({question.name: _made(question) for question in questions if question.is_stored})


def _made(question: Question) -> UnboundField:
    own = OWN.get(question.type)
    return UnboundField(own, question) if own else MAKERS[question.type](question)
