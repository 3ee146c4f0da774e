"""A question as one person meets it: its texts with the facts put in, its choices looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

from forms_service.forms.context import Context, Files
from forms_service.forms.written import written
from forms_service.language.definitions import Field, FieldType
from forms_service.language.template import render_text
from forms_service.texts import say

TEXT_LIMIT = 300
PARAGRAPH_LIMIT = 10_000
MOST_RADIOS = 10
_RADIOS = (FieldType.YES_NO, FieldType.SCALE, FieldType.CHOICE)
_LISTS = (FieldType.PERSON, FieldType.OFFICE)
SHORT_LABEL = 44
SHORT_CHOICES = 20
SHORT_TEXT = 100
_SHORT = (
    FieldType.NUMBER,
    FieldType.HOURS,
    FieldType.DATE,
    FieldType.TIME,
    FieldType.PHONE,
    FieldType.EMAIL,
    FieldType.POSTCODE,
    FieldType.OFFICE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """``choices`` maps stored value to label, whatever the kind of choice; empty for what is typed.

    ``inner`` are the questions that each row of a group asks.
    """

    field: Field
    label: str
    help: str
    choices: Mapping[str, str]
    inner: tuple[Question, ...] = ()
    files: Files = made(default_factory=dict)
    refused: str = ""
    """Why the file that was just attached was not taken."""

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def type(self) -> FieldType:
        return self.field.type

    @property
    def is_required(self) -> bool:
        return bool(self.field.required)

    @property
    def is_wanted(self) -> bool:
        """An answer is asked for, but not demanded."""
        return bool(self.field.wanted)

    @property
    def mark(self) -> str:
        """What stands beside the label; the words are in the templates."""
        return "required" if self.is_required else "wanted" if self.is_wanted else "optional"

    @property
    def is_stored(self) -> bool:
        return self.field.type is not FieldType.NOTE

    @property
    def id(self) -> str:
        """The id that the question's parts in the page are named after."""
        return f"svar-{self.name}"

    @property
    def anchor(self) -> str:
        """The id of the control that a link in the error summary leads to: in a group, the first one."""
        return f"{self.id}-1" if self.is_group else self.id

    @property
    def is_group(self) -> bool:
        """Radios or tick boxes, each with its own label, under one legend."""
        return self.type is FieldType.CHOICES or (self.type in _RADIOS and not self.is_list)

    @property
    def is_list(self) -> bool:
        """A drop-down list: people and offices, and choices too many for radios."""
        return self.type in _LISTS or (self.type is FieldType.CHOICE and len(self.choices) > MOST_RADIOS)

    @property
    def is_short(self) -> bool:
        """So short that a wide screen has room for another one beside it."""
        if len(self.label) > SHORT_LABEL or len(self.help) > SHORT_LABEL:
            return False
        if self.type in (FieldType.CHOICE, FieldType.YES_NO) and not self.is_list:
            return sum(map(len, self.choices.values())) <= SHORT_CHOICES
        return self.type in _SHORT or (self.type is FieldType.TEXT and self.longest <= SHORT_TEXT)

    @property
    def steps(self) -> Mapping[str, str]:
        """Of a scale, the choices that are numbers."""
        return {value: label for value, label in self.choices.items() if value.isdigit()}

    @property
    def besides(self) -> Mapping[str, str]:
        """Of a scale, the choices that stand outside of it, such as "do not know"."""
        return {value: label for value, label in self.choices.items() if not value.isdigit()}

    @property
    def longest(self) -> int:
        """How many characters an answer may have; there is always a limit."""
        usual = PARAGRAPH_LIMIT if self.type is FieldType.PARAGRAPH else TEXT_LIMIT
        bounded = self.type in (FieldType.TEXT, FieldType.PARAGRAPH) and self.field.maximum
        return int(bounded or usual)

    @property
    def longest_written(self) -> str:
        return written(self.longest)


def ask(field: Field, context: Context) -> Question:
    """The question that a definition becomes here and now."""
    return Question(
        field=field,
        label=with_facts(field.label, context),
        help=with_facts(field.help, context),
        choices=_choices(field, context),
        inner=tuple(ask(each, context) for each in field.fields),
        files=context.files(field.name) if field.type is FieldType.FILE else {},
        refused=context.refused.get(field.name, ""),
    )


def with_facts(text: str, context: Context) -> str:
    """A text with ``{{ facts }}`` put in."""
    return render_text(text, context.data) if "{" in text else text


def _choices(field: Field, context: Context) -> Mapping[str, str]:
    match field.type:
        case FieldType.YES_NO:
            return {"yes": say("common.yes"), "no": say("common.no")}
        case FieldType.PERSON:
            return context.picks(field.pick)
        case FieldType.OFFICE:
            return context.offices
        case _:
            return {value: with_facts(label, context) for value, label in field.choices.items()}
