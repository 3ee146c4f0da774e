"""The whole: a definition and what was posted → what is shown again, what is wrong, and the answers when nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from forms_service.forms.answers import Answer, answers_of
from forms_service.forms.build import Group, build, groups_of
from forms_service.forms.conditions import depends_on, shown
from forms_service.forms.context import Context
from forms_service.forms.fields import SignatureField
from forms_service.forms.pages import Page, pages_of, to_be_signed
from forms_service.forms.prefill import fact_for
from forms_service.forms.question import Question, with_facts
from forms_service.forms.rows import GroupField
from forms_service.forms.rules import broken
from forms_service.forms.signature import is_of
from forms_service.language.definitions import FieldType, Form
from forms_service.texts import say


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
    content: dict[str, Answer] | None = None
    """The answers when all of them are right, whether or not everybody has signed who must."""
    answers: dict[str, Answer] | None = None
    problems: tuple[Wrong, ...] = ()
    left_open: tuple[Wrong, ...] = ()
    """Wanted questions without an answer, in the authors' words: nothing is wrong, but it is worth asking once."""

    @property
    def intro(self) -> str:
        """The text before the first question, with the facts that it speaks of."""
        return with_facts(self.form.intro, self.context)

    @property
    def has_files(self) -> bool:
        """Files travel in another kind of post."""
        return any(question.type is FieldType.FILE for question in self.questions())

    def pages(self) -> tuple[Page, ...]:
        """Those on which something is asked, or told, as things stand."""
        return tuple(page for page in self.all_pages() if page.names & self.shown)

    def all_pages(self) -> tuple[Page, ...]:
        """Also those on which nothing applies yet."""
        return pages_of(self.groups)

    def on_pages(self) -> frozenset[str]:
        """What is asked now, but for signatures: those are given when all else is answered."""
        return self.shown & frozenset().union(*(page.names for page in self.all_pages()))

    def is_signed(self, name: str) -> bool:
        """The signature is of these very answers."""
        signature = self.wtform[name].data
        return self.content is not None and is_of(self.form, self.content, signature)

    def wrong(self) -> frozenset[str]:
        """The questions that have to be put right."""
        return frozenset(problem.name for problem in self.problems)

    def signers(self) -> frozenset[str]:
        """The names of the signatures that are asked for."""
        return frozenset(question.name for group in self.to_sign() for question in group.questions)

    def to_sign(self) -> tuple[Group, ...]:
        """Who is to sign, under their headings."""
        groups = to_be_signed(self.groups)
        kept = (replace(g, questions=tuple(q for q in g.questions if q.name in self.shown)) for g in groups)
        return tuple(group for group in kept if group.questions)

    def questions(self) -> tuple[Question, ...]:
        return tuple(question for group in self.groups for question in group.questions)

    def controls(self) -> frozenset[str]:
        """Names under which its answers are posted, also those to questions that do not apply as things stand."""
        return frozenset(name for field in self.wtform for name in _posted_as(field))

    def deciding(self) -> frozenset[str]:
        """Names of the questions whose answers decide what else is asked."""
        names = frozenset(question.name for question in self.questions())
        return frozenset(name for question in self.questions() for name in depends_on(question.field, names))


def blank(form: Form, context: Context, prefill: Mapping[str, Answer] | None = None) -> Filled:
    """The form before anything is typed: with what is known already, and the only choice where there is but one.

    ``prefill`` are earlier answers; they count for more.
    """
    filled = _start(form, context)
    filled.wtform.process(data={**_only_choices(filled), **_facts(filled), **(prefill or {})})
    return _with_conditions(filled)


def typed(form: Form, context: Context, posted: MultiDict[str, str]) -> Filled:
    """The form with what was typed, not validated: to show more questions, or to give it back unsent."""
    filled = _start(form, context)
    filled.wtform.process(formdata=posted)
    return _with_conditions(filled)


def fill(form: Form, context: Context, posted: MultiDict[str, str]) -> Filled:
    """The form validated: either ``answers`` or ``problems``. Fields it does not know are ignored."""
    filled = typed(form, context, posted)
    refused = [field for field in _asked(filled) if not field.validate(filled.wtform)]
    problems = tuple(wrong for field in refused for wrong in _wrong(field))
    answers = answers_of(form.fields(), _given(filled.wtform), filled.shown)
    problems = problems or tuple(_break(filled, answers))
    content = None if problems else answers
    problems = problems or tuple(_unsigned(filled, answers))
    left_open = tuple(_open(field) for field in _asked(filled) if field.question.is_wanted and not field.typed)
    answered = None if problems else answers
    return replace(filled, content=content, problems=problems, answers=answered, left_open=left_open)


def _open(field: Any) -> Wrong:
    return Wrong(field.question.name, _anchor(field), field.question.field.wanted)


def _asked(filled: Filled, *, signed: bool = False) -> list[Any]:
    asked = (field for field in filled.wtform if field.question.name in filled.shown)
    return [field for field in asked if (field.question.type is FieldType.SIGNATURE) == signed]


def _unsigned(filled: Filled, answers: Mapping[str, Answer]) -> Iterator[Wrong]:
    """Signatures that are missing, and those that were given to something else."""
    for field in _asked(filled, signed=True):
        if field.validate(filled.wtform) and field.data and not is_of(filled.form, answers, field.data):
            field.errors = [say("forms.withdrawn", label=field.question.label)]
        if not field.errors and not field.data and (field.signer or field.drawing):
            field.errors = [say("forms.not_signed_yet", label=field.question.label)]
        yield from _wrong(field)


def _wrong(field: Any) -> Iterator[Wrong]:
    """In a group each row has its own, and the row's name stands before the words."""
    name, filled = field.question.name, field.filled if isinstance(field, GroupField) else []
    if field.errors:
        yield Wrong(name, _anchor(field), str(field.errors[0]))
    for row in filled:
        yield from (Wrong(name, each.question.anchor, f"{row.title}: {each.errors[0]}") for each in row.refused)


def _anchor(field: Any) -> str:
    """Of a group, its first control."""
    first = field.rows[0].cells[0] if isinstance(field, GroupField) else field
    return str(first.question.anchor)


def _posted_as(field: Any) -> frozenset[str]:
    return field.posted_as if isinstance(field, GroupField | SignatureField) else frozenset({field.question.name})


def _break(filled: Filled, answers: Mapping[str, Answer]) -> Iterator[Wrong]:
    """Each answer may be right and all of them together wrong; asked once each is right."""
    for rule in broken(filled.form, answers, filled.context):
        filled.wtform[rule.at].errors = [rule.text]
        yield from _wrong(filled.wtform[rule.at])


def _start(form: Form, context: Context) -> Filled:
    groups = groups_of(form, context)
    wtform = build((question for group in groups for question in group.questions), context.seal)
    return Filled(form, context, groups, wtform, frozenset())


def _with_conditions(filled: Filled) -> Filled:
    return replace(filled, shown=shown(filled.questions(), _given(filled.wtform), filled.context.data))


def _given(wtform: BaseForm) -> dict[str, Answer]:
    return {field.question.name: field.data for field in wtform}


def _facts(filled: Filled) -> dict[str, Answer]:
    """What fields take from facts, as far as those are known here and fit the question."""
    asked = {question.name: question for question in filled.questions() if question.field.prefill}
    facts = {name: fact_for(question, filled.context) for name, question in asked.items()}
    return {name: fact for name, fact in facts.items() if fact is not None}


def _only_choices(filled: Filled) -> dict[str, Answer]:
    return {
        question.name: next(iter(question.choices))
        for question in filled.questions()
        if question.is_required and question.is_list and len(question.choices) == 1
    }
