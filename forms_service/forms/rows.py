"""A group of questions that is answered in rows. Its ``data`` is a list with the answers of each row, or None."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.fields.core import Field as WTField  # type: ignore[import-untyped]
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from forms_service.forms.fields import MAKERS
from forms_service.forms.question import Question
from forms_service.forms.validators import validators_for
from forms_service.language.definitions import MOST_ROWS

Posted = MultiDict[str, str]
NUMBER = re.compile(r"0|[1-9][0-9]{0,3}", re.ASCII)
"""Whatever has another number was not posted by a page of ours."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a number that starts at 0, and a form of its own with the questions of the group."""

    question: Question
    number: int
    wtform: BaseForm

    @property
    def name(self) -> str:
        return f"{self.question.name}-{self.number}"

    @property
    def id(self) -> str:
        return f"{self.question.id}-{self.number}"

    @property
    def title(self) -> str:
        return f"{self.question.field.item} {self.number + 1}"

    @property
    def cells(self) -> list[Any]:
        return list(self.wtform)

    @property
    def is_blank(self) -> bool:
        return not any(cell.typed for cell in self.cells)

    def answers(self) -> dict[str, object]:
        return {asked.name: cell.data for asked, cell in zip(self.question.inner, self.cells, strict=True)}

    def validate(self) -> bool:
        """Every cell is looked at, whatever the others are."""
        return not [cell for cell in self.cells if not cell.validate(self.wtform)]

    @property
    def refused(self) -> list[Any]:
        return [cell for cell in self.cells if cell.errors]


class GroupField(WTField):  # type: ignore[misc]
    """Rows left wholly empty are shown again, and count for nothing. There is always one to write in."""

    def __init__(self, question: Question, **bound: Any) -> None:
        super().__init__(question.label, validators_for(question), id=question.id, **bound)
        self.question, self.nudge = question, ""
        self.posted_as: frozenset[str] = frozenset()
        """The names that a browser gave to what stands in the rows."""

    def process(self, formdata: Posted | None, data: object = None, extra_filters: object = None) -> None:
        self.process_errors: list[str] = []
        self.rows = list(self._from_data(data) if formdata is None else self._from_post(formdata))
        self.rows += [self._row(number) for number in range(len(self.rows), self._fewest_shown if not self.rows else 0)]
        self.filled = [row for row in self.rows if not row.is_blank]
        self.typed = [row.title for row in self.filled]
        self.data = [row.answers() for row in self.filled] or None

    def validate(self, form: Any, extra_validators: Sequence[Any] = ()) -> bool:
        return all([super().validate(form, extra_validators), *(row.validate() for row in self.filled)])

    @property
    def most(self) -> int:
        return self.question.field.maximum or MOST_ROWS

    @property
    def takes_more(self) -> bool:
        return len(self.rows) < self.most

    @property
    def pattern(self) -> Row:
        """A row that a page can copy; its number is no number, so that nothing in it counts when it is posted."""
        return self._row(-1)

    @property
    def _fewest_shown(self) -> int:
        return max(1, self.question.field.minimum or 1)

    def _from_data(self, data: object) -> Iterator[Row]:
        given = [row for row in data if isinstance(row, Mapping)] if isinstance(data, list) else []
        for number, answers in enumerate(given[: MOST_ROWS + 1]):
            own = f"{self.question.name}-{number}"
            yield self._row(number, data={_name(own, name): answer for name, answer in answers.items()})

    def _from_post(self, posted: Posted) -> Iterator[Row]:
        """Numbered anew, since rows may have been taken out."""
        numbers = numbers_in(posted, self.question.name)[: MOST_ROWS + 1]
        asked = [question.name for question in self.question.inner]
        self.posted_as = frozenset(name for number in numbers for name in self._names(number, asked))
        for number, posted_number in enumerate(numbers):
            old, new = (f"{self.question.name}-{each}" for each in (posted_number, number))
            yield self._row(number, _renamed(posted, old, new, asked))

    def _names(self, number: int, asked: Iterable[str]) -> Iterator[str]:
        own = f"{self.question.name}-{number}"
        yield own
        yield from (_name(own, name) for name in asked)

    def _row(self, number: int, posted: Posted | None = None, data: Mapping[str, object] | None = None) -> Row:
        own = f"{self.question.name}-{number}"
        asked = [replace(each, field=replace(each.field, name=_name(own, each.name))) for each in self.question.inner]
        form = BaseForm({question.name: MAKERS[question.type](question) for question in asked})
        form.process(posted, data=data)
        return Row(self.question, number, form)


def numbers_in(posted: Iterable[str], group: str) -> list[int]:
    """The numbers of the rows that were posted, lowest first; the name of a row alone says that it is there."""
    start = f"{group}-"
    found = {name.removeprefix(start).partition("-")[0] for name in posted if name.startswith(start)}
    return sorted(int(number) for number in found if NUMBER.fullmatch(number))


def with_one_more(posted: Posted, group: str) -> Posted:
    """What was posted, with an empty row at the end."""
    last = max(numbers_in(posted, group), default=-1)
    return MultiDict([*posted.items(multi=True), (f"{group}-{last + 1}", "")])


def without(posted: Posted, name: str) -> Posted:
    """What was posted without one question's answer, or without one row ("children-1")."""
    is_row = NUMBER.fullmatch(name.rpartition("-")[2]) is not None
    gone = {key for key in posted if key == name or (is_row and key.startswith(f"{name}-"))}
    return MultiDict([(key, value) for key, value in posted.items(multi=True) if key not in gone])


def _renamed(posted: Posted, old: str, new: str, asked: Iterable[str]) -> Posted:
    return MultiDict((_name(new, name), value) for name in asked for value in posted.getlist(_name(old, name)))


def _name(row: str, question: str) -> str:
    return f"{row}-{question}"
