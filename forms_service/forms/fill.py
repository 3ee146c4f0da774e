"""The whole: a definition and what was posted → what is shown again, what is wrong, and the answers when nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from forms_service.forms.answers import Answer, answers_of
from forms_service.forms.build import Group, build, groups_of
from forms_service.forms.conditions import depends_on, shown
from forms_service.forms.context import Context
from forms_service.forms.question import Question, with_facts
from forms_service.language.definitions import Form


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to put right: the question's name, the id of its control, and the words."""

    name: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what somebody typed in it. ``answers`` is None until it is validated and all is well."""

    form: Form
    context: Context
    groups: tuple[Group, ...]
    wtform: BaseForm
    shown: frozenset[str]
    answers: dict[str, Answer] | None = None
    problems: tuple[Wrong, ...] = ()

    @property
    def intro(self) -> str:
        """The text before the first question, with the facts that it speaks of."""
        return with_facts(self.form.intro, self.context)

    def questions(self) -> tuple[Question, ...]:
        return tuple(question for group in self.groups for question in group.questions)

    def deciding(self) -> frozenset[str]:
        """Names of the questions whose answers decide what else is asked."""
        names = frozenset(question.name for question in self.questions())
        return frozenset(name for question in self.questions() for name in depends_on(question.field, names))


def blank(form: Form, context: Context, prefill: Mapping[str, Answer] | None = None) -> Filled:
    """The form before anything is typed. A required list with one single thing to choose is chosen."""
    filled = _start(form, context)
    filled.wtform.process(data={**_only_choices(filled), **(prefill or {})})
    return _with_conditions(filled)


def typed(form: Form, context: Context, posted: MultiDict[str, str]) -> Filled:
    """The form with what was typed, not validated: to show more questions, or to give it back unsent."""
    filled = _start(form, context)
    filled.wtform.process(formdata=posted)
    return _with_conditions(filled)


def fill(form: Form, context: Context, posted: MultiDict[str, str]) -> Filled:
    """The form validated: either ``answers`` or ``problems``. Fields it does not know are ignored."""
    filled = typed(form, context, posted)
    problems = tuple(
        Wrong(field.question.name, field.question.anchor, str(field.errors[0]))
        for field in filled.wtform
        if field.question.name in filled.shown and not field.validate(filled.wtform)
    )
    answers = None if problems else answers_of(form.fields(), _given(filled.wtform), filled.shown)
    return replace(filled, problems=problems, answers=answers)


def _start(form: Form, context: Context) -> Filled:
    groups = groups_of(form, context)
    wtform = build(question for group in groups for question in group.questions)
    return Filled(form, context, groups, wtform, frozenset())


def _with_conditions(filled: Filled) -> Filled:
    return replace(filled, shown=shown(filled.questions(), _given(filled.wtform), filled.context.data))


def _given(wtform: BaseForm) -> dict[str, Answer]:
    return {field.question.name: field.data for field in wtform}


def _only_choices(filled: Filled) -> dict[str, Answer]:
    return {
        question.name: next(iter(question.choices))
        for question in filled.questions()
        if question.is_required and question.is_list and len(question.choices) == 1
    }
