"""A question that is answered with a file. What is posted is the id of a file that was received and is hers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms.fields.core import Field as WTField  # type: ignore[import-untyped]

from forms_service.forms.question import Question
from forms_service.forms.validators import validators_for
from forms_service.texts import say

FILE = "file"
"""The key of the id in an answer; beside it stand ``name``, ``kind`` and ``size``."""


class FileField(WTField):  # type: ignore[misc]
    """``typed`` is the file's name, ``gone`` the id of one that is not hers, or not this question's, or deleted."""

    def __init__(self, question: Question, **bound: Any) -> None:
        super().__init__(question.label, validators_for(question), id=question.id, **bound)
        self.question = question
        self.typed = self.nudge = self.gone = ""

    @property
    def trouble(self) -> str:
        """Why there is no file though she chose one; empty when there is one, or she chose none."""
        return self.question.refused or (say("forms.file_again", label=self.question.label) if self.gone else "")

    def process_data(self, value: object) -> None:
        self._take(value.get(FILE) if isinstance(value, dict) else None)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self._take(valuelist[0] if len(valuelist) == 1 else None)

    def _take(self, number: object) -> None:
        """What is wrong with the file is told at once, also where nothing else is checked yet."""
        number = number if isinstance(number, str) else ""
        self.data = self.question.files.get(number)
        self.typed, self.gone = (str(self.data["name"]), "") if self.data else ("", number)
        self.errors = [self.trouble] if self.trouble else []
