"""A question as it stands on paper: its texts with the facts that are known, and lines for the others."""

from __future__ import annotations

from dataclasses import replace

from forms_service.forms.context import Context
from forms_service.forms.paper.gaps import with_gaps
from forms_service.forms.question import Question, ask
from forms_service.language.definitions import Field, Form, Section


def on_paper(field: Field, context: Context) -> Question:
    """The facts are put in once: what they say is text, also where it looks like a template."""
    choices = {value: with_gaps(label, context.data) for value, label in field.choices.items()}
    listed = ask(replace(field, label="", help="", choices={}, fields=()), context).choices
    label, words = (with_gaps(text, context.data) for text in (field.label, field.help))
    inner = tuple(on_paper(each, context) for each in field.fields)
    return Question(field, label, words, choices or listed, inner)


def spoken(form: Form, context: Context) -> Form:
    """The form with its labels as they stand on the paper, for conditions that speak of them."""
    return replace(form, sections=tuple(_spoken(section, context) for section in form.sections))


def _spoken(section: Section, context: Context) -> Section:
    questions = (on_paper(field, context) for field in section.fields)
    fields = tuple(
        replace(each.field, label=each.label, choices=each.field.choices and each.choices) for each in questions
    )
    return replace(section, fields=fields)
