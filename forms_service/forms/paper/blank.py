"""A form to be filled in with a pen, as plain data for the press."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from forms_service.forms.context import Context
from forms_service.forms.paper.conditions import speaker_for, when_words
from forms_service.forms.paper.controls import control_for, words
from forms_service.forms.paper.gaps import with_gaps
from forms_service.forms.paper.question import on_paper, spoken
from forms_service.forms.paper.remains import remains
from forms_service.forms.question import Question
from forms_service.language.definitions import Field, FieldType, Form, Section
from forms_service.picture.speaker import NO_NAMES, Speaker

Part = dict[str, object]
NEVER = None


@dataclass(frozen=True, slots=True)
class _Pen:
    """What is known while one form is written down."""

    context: Context
    speaker: Speaker
    asked: frozenset[str]
    with_internal: bool

    def section(self, section: Section) -> Part:
        written = (field for field in section.fields if self.with_internal or not field.internal)
        told = ((self._when(field), on_paper(field, self.context)) for field in written)
        kept = [(when, question) for when, question in told if when is not NEVER]
        blocks = groupby(kept, key=lambda pair: pair[0])
        return {
            "title": with_gaps(section.title, self.context.data),
            "help": with_gaps(section.help, self.context.data),
            "blocks": [{"when": when, "parts": _parts(question for _, question in pairs)} for when, pairs in blocks],
        }

    def _when(self, field: Field) -> str | None:
        """When the question is to be answered; empty for always, NEVER when the facts say so."""
        if field.show_when is None:
            return ""
        left = remains(field.show_when.tree, self.asked, self.context.data)
        if isinstance(left, bool):
            return "" if left else NEVER
        return when_words(left, self.speaker)


def blank_sheet(form: Form, context: Context, roles: Mapping[str, str] = NO_NAMES) -> dict[str, object]:
    """Title, introduction, and sections of blocks; each block has one condition and its questions.

    ``roles`` are an installation's own words for some roles. What is internal does not stand on a sheet that is laid
    before others to sign; it is typed in afterwards.
    """
    speaker, names = speaker_for(spoken(form, context), roles), frozenset(field.name for field in form.fields())
    pen = _Pen(context, speaker, names, with_internal=not form.is_signed)
    sections = [pen.section(section) for section in form.sections]
    return {
        "title": form.title,
        "intro": with_gaps(form.intro, context.data),
        "sections": [section for section in sections if section["blocks"]],
    }


def _parts(questions: Iterable[Question]) -> list[Part]:
    """Scales with the same steps that follow each other become one table."""
    runs = groupby(questions, key=_steps)
    return [part for steps, asked in runs for part in _run(steps, list(asked))]


def _steps(question: Question) -> Mapping[str, str] | None:
    return question.choices if question.type is FieldType.SCALE else None


def _run(steps: Mapping[str, str] | None, questions: list[Question]) -> Iterator[Part]:
    if steps and len(questions) > 1:
        yield {"kind": "scales", **_without_kind(questions[0]), "rows": [words(each) for each in questions]}
    else:
        yield from ({**words(each), **control_for(each)} for each in questions)


def _without_kind(question: Question) -> Part:
    return {name: value for name, value in control_for(question).items() if name != "kind"}
