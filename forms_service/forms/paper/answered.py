"""The questions of a form that was sent, as they were asked: what was hidden, or is not for these eyes, is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms_service.forms.conditions import shown
from forms_service.forms.context import Context
from forms_service.forms.paper.question import on_paper
from forms_service.forms.question import Question
from forms_service.language.definitions import Form, Section


@dataclass(frozen=True, slots=True)
class Asked:
    """One section with the questions that were asked in it."""

    section: Section
    questions: tuple[Question, ...]


def asked_in(form: Form, context: Context, answers: Mapping[str, object], *, with_internal: bool) -> Iterator[Asked]:
    """An answer that was given was asked for, whatever the facts say by now."""
    questions = [on_paper(field, context) for field in form.fields()]
    given = {name for name, answer in answers.items() if answer is not None}
    asked = given | shown(questions, {name.name: answers.get(name.name) for name in questions}, context.data)
    seen = {each.name: each for each in questions if each.name in asked and (with_internal or not each.field.internal)}
    for section in form.sections:
        kept = tuple(seen[field.name] for field in section.fields if field.name in seen)
        if kept:
            yield Asked(section, kept)
