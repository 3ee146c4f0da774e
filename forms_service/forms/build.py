"""Questions → a WTForms form, and the questions themselves in their sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wtforms.fields.core import UnboundField  # type: ignore[import-untyped]
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from forms_service.forms.conditions import may_apply
from forms_service.forms.context import Context
from forms_service.forms.fields import MAKERS, SignatureField
from forms_service.forms.file_field import FileField
from forms_service.forms.question import Question, ask, with_facts
from forms_service.forms.rows import GroupField
from forms_service.forms.signature import Seal
from forms_service.language.definitions import FieldType, Form, Section

OWN = {FieldType.GROUP: GroupField, FieldType.FILE: FileField}
"""Types whose answers are more than one value."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some questions under one heading, on the page of that number."""

    title: str
    help: str
    questions: tuple[Question, ...]
    page: int = 1
    page_title: str = ""


def groups_of(form: Form, context: Context) -> tuple[Group, ...]:
    """The form's sections with every question that can ever apply to this person; empty sections are left out."""
    names = frozenset(field.name for field in form.fields())
    groups = (
        Group(
            title=with_facts(section.title, context),
            help=with_facts(section.help, context),
            questions=tuple(ask(field, context) for field in section.fields if may_apply(field, names, context.data)),
            page=number,
            page_title=with_facts(page_title, context),
        )
        for number, page_title, section in _on_pages(form)
    )
    return tuple(group for group in groups if group.questions)


def _on_pages(form: Form) -> Iterator[tuple[int, str, Section]]:
    """Every section with the number and the title of its page."""
    number, title = 1, ""
    for section in form.sections:
        if section.page:
            number, title = number + bool(title), section.page
        yield number, title, section


def build(questions: Iterable[Question], seal: Seal) -> BaseForm:
    """A WTForms form that has not been given any data yet.

    A BaseForm, because a field may be named like an attribute of wtforms.Form ("data", "errors").
    """
    return BaseForm({question.name: _made(question, seal) for question in questions if question.is_stored})


def _made(question: Question, seal: Seal) -> UnboundField:
    if question.type is FieldType.SIGNATURE:
        return UnboundField(SignatureField, question, seal)
    own = OWN.get(question.type)
    return UnboundField(own, question) if own else MAKERS[question.type](question)
