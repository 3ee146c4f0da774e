"""Field type → WTForms field. ``data`` is the plain JSON answer, or None; ``typed`` is what is shown again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wtforms.fields.core import Field as WTField  # type: ignore[import-untyped]
from wtforms.fields.core import UnboundField

from forms_service.forms import parse
from forms_service.forms.clean import clean_line, clean_paragraph
from forms_service.forms.question import TEXT_LIMIT, Question
from forms_service.forms.signature import Seal
from forms_service.forms.validators import validators_for
from forms_service.language.definitions import FieldType

SIGNATURE_PARTS = ("-sealed", "-name", "-drawn")
Parser = Callable[[str], str | int | float | bool]


class OneField(WTField):  # type: ignore[misc]
    """A question with one answer. Text that cannot be read leaves ``data`` None and is shown again as typed.

    ``nudge`` is what is said beside it when an answer is wanted and there is none.
    """

    def __init__(
        self, question: Question, parser: Parser, clean: Callable[[str], str] = clean_line, **bound: Any
    ) -> None:
        super().__init__(question.label, validators_for(question), id=question.id, **bound)
        self.question, self.parser, self.clean = question, parser, clean
        self.typed = self.nudge = ""

    def process_data(self, value: object) -> None:
        self.data = value
        self.typed = _as_typed(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = self.clean(valuelist[0]) if valuelist else ""
        self.data = self._read() if self.typed and len(valuelist) == 1 else None

    def _read(self) -> str | int | float | bool | None:
        try:
            return self.parser(self.typed)
        except ValueError:
            return None


class ManyField(WTField):  # type: ignore[misc]
    """A question where several answers may be chosen; they are kept in the order of the definition."""

    def __init__(self, question: Question, **bound: Any) -> None:
        super().__init__(question.label, validators_for(question), id=question.id, **bound)
        self.question, self.nudge = question, ""
        self.typed: list[str] = []

    def process_data(self, value: object) -> None:
        self.typed = list(value) if isinstance(value, list) else []
        self.data = self.typed or None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        known = [value for value in self.question.choices if value in valuelist]
        strangers = sorted({value for value in valuelist if value} - set(known))
        self.typed = [*known, *strangers]
        self.data = None if strangers else known or None


class SignatureField(WTField):  # type: ignore[misc]
    """A sealed signature (``-sealed``), or the name and the drawing of somebody who is about to sign.

    Earlier answers are not taken over: who signs looks at these answers and signs them.
    """

    def __init__(self, question: Question, seal: Seal, **bound: Any) -> None:
        super().__init__(question.label, validators_for(question), id=question.id, **bound)
        self.question, self.seal = question, seal
        self.typed = self.signer = self.drawing = self.nudge = ""

    @property
    def posted_as(self) -> frozenset[str]:
        """The names of its parts in a form."""
        return frozenset(f"{self.name}{part}" for part in SIGNATURE_PARTS)

    def process(self, formdata: Any, data: object = None, extra_filters: object = None) -> None:
        self.errors = ()
        posted = formdata or {}
        self.typed = posted.get(f"{self.name}-sealed", "")
        self.signer = clean_line(posted.get(f"{self.name}-name", ""))[:TEXT_LIMIT]
        self.drawing = posted.get(f"{self.name}-drawn", "")
        opened = self.seal.open(self.typed) if self.typed else None
        self.data = dict(opened) if opened and opened.get("question") == self.name else None


def _as_typed(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return "true" if value else ""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _line(parser: Parser) -> Callable[[Question], UnboundField]:
    def short(text: str) -> str | int | float | bool:
        if len(text) > TEXT_LIMIT:
            raise ValueError("too long")
        return parser(text)

    return lambda question: UnboundField(OneField, question, short)


def _text(question: Question) -> UnboundField:
    return UnboundField(OneField, question, parse.parse_text)


def _paragraph(question: Question) -> UnboundField:
    return UnboundField(OneField, question, parse.parse_text, clean_paragraph)


def _choice(question: Question) -> UnboundField:
    def parser(text: str) -> str:
        if text not in question.choices:
            raise ValueError("not one of the choices")
        return text

    return UnboundField(OneField, question, parser)


def _confirm(question: Question) -> UnboundField:
    def parser(text: str) -> bool:
        if text != "true":
            raise ValueError("not a tick")
        return True

    return UnboundField(OneField, question, parser)


def _choices(question: Question) -> UnboundField:
    return UnboundField(ManyField, question)


MAKERS: dict[FieldType, Callable[[Question], UnboundField]] = {
    FieldType.TEXT: _text,
    FieldType.PARAGRAPH: _paragraph,
    FieldType.NUMBER: _line(parse.parse_number),
    FieldType.DATE: _line(parse.parse_day),
    FieldType.TIME: _line(parse.parse_time),
    FieldType.HOURS: _line(parse.parse_hours),
    FieldType.PHONE: _line(parse.parse_phone),
    FieldType.EMAIL: _line(parse.parse_mail_address),
    FieldType.POSTCODE: _line(parse.parse_postcode),
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _choice,
    FieldType.SCALE: _choice,
    FieldType.PERSON: _choice,
    FieldType.OFFICE: _choice,
    FieldType.CONFIRM: _confirm,
    FieldType.CHOICES: _choices,
}
"""Every type but note, which asks nothing, group (forms/rows.py), file (forms/file_field.py) and signature."""
