"""One form of a folder as it lies on the disk now, with what ``forms-service check`` says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forms_service.language.definitions import Field, Form
from forms_service.language.excerpt import with_excerpts
from forms_service.language.named import named_form
from forms_service.language.problems import Problem
from forms_service.language.vocabulary import Vocabulary
from forms_service.translation.naming import AS_WRITTEN, Naming
from forms_service.web.preview.reading import forms_in, problems_in


@dataclass(frozen=True, slots=True)
class Remark:
    """One problem with its line, and the question that it stands in, if any."""

    text: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class Written:
    """``form`` as far as it can be read, None when nothing of it can; ``remarks`` on it."""

    form: Form | None
    remarks: tuple[Remark, ...]
    elsewhere: int
    """How many problems there are in other files."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where somebody writes."""

    workflows: Path
    vocabulary: Vocabulary
    naming: Naming = AS_WRITTEN

    def forms(self) -> Mapping[str, Form | None]:
        """Every form by key; None for one that cannot be read."""
        found = forms_in(self.workflows, self._templates)
        return {key: form and named_form(form, self.naming) for key, form in found.items()}

    def look(self, key: str) -> Written:
        problems = problems_in(self.workflows, self._templates, self.vocabulary)
        own = [problem for problem in problems if Path(problem.place.file) == self._file(key)]
        form = self.forms().get(key)
        remarks = tuple(Remark(self._words(problem), _field_at(form, problem)) for problem in own)
        return Written(form, remarks, len(problems) - len(own))

    def state(self, key: str) -> str:
        """What changes when the file is saved; empty when it is not there."""
        try:
            return hashlib.sha256(self._file(key).read_bytes()).hexdigest()[:16]
        except (OSError, ValueError):  # not there, or no name that a file could have
            return ""

    def _words(self, problem: Problem) -> str:
        """The words with their line, and the file as its author calls it."""
        return next(iter(with_excerpts([problem]))).removeprefix(f"{self.workflows}/")

    def _file(self, key: str) -> Path:
        return self.workflows / "forms" / f"{key}.yaml"

    @property
    def _templates(self) -> Path:
        return self.workflows.resolve().parent / "pdf_templates"


def _field_at(form: Form | None, problem: Problem) -> Field | None:
    """The last question that begins before the problem; nothing in a rule, which stands after all of them."""
    rules = [rule.place.line for rule in form.rules] if form else []
    if form is None or (rules and problem.place.line >= min(rules)):
        return None
    before = [field for field in form.all_fields() if field.place.line <= problem.place.line]
    return max(before, key=lambda field: field.place.line, default=None)
