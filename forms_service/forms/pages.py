"""The pages of a form: sections that stand together, and what is signed at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from forms_service.forms.build import Group
from forms_service.language.definitions import FieldType


@dataclass(frozen=True, slots=True)
class Page:
    """``number`` counts all pages of the form, whichever of them apply, so that it stays the same while one answers."""

    number: int
    title: str
    groups: tuple[Group, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(question.name for group in self.groups for question in group.questions)


def pages_of(groups: Iterable[Group]) -> tuple[Page, ...]:
    """Without what is signed."""
    pages = groupby(groups, key=lambda group: (group.page, group.page_title))
    found = (Page(number, title, _split(together, signed=False)) for (number, title), together in pages)
    return tuple(page for page in found if page.groups)


def to_be_signed(groups: Iterable[Group]) -> tuple[Group, ...]:
    """What is signed, when all else is answered."""
    return _split(groups, signed=True)


def _split(groups: Iterable[Group], *, signed: bool) -> tuple[Group, ...]:
    kept = (
        replace(group, questions=tuple(q for q in group.questions if (q.type is FieldType.SIGNATURE) == signed))
        for group in groups
    )
    return tuple(group for group in kept if group.questions)
