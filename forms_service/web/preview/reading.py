"""What a folder says and what is wrong with it, worked out once for as long as nobody saves anything in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from forms_service.language.check import check_gathered, on_disk
from forms_service.language.definitions import Form
from forms_service.language.files import gather
from forms_service.language.load import read
from forms_service.language.notes import Notes
from forms_service.language.problems import Problem
from forms_service.language.vocabulary import Vocabulary
from forms_service.register.check import problems_of

Texts: TypeAlias = tuple[tuple[str, str], ...]
"""Name and text of every file: only the same texts are the same folder, whatever the clock of the disk says."""


def forms_in(workflows: Path, pdf_templates: Path) -> Mapping[str, Form | None]:
    """Every form by key; None for one that cannot be read."""
    return _forms(tuple(gather(workflows, pdf_templates, Notes()).items()))


def problems_in(workflows: Path, pdf_templates: Path, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """What ``forms-service check`` says, with the paths that the author can open."""
    notes = Notes()
    files = gather(workflows, pdf_templates, notes)
    problems = _problems(tuple(files.items()), tuple(notes.problems), vocabulary)
    return tuple(on_disk(problem, workflows, pdf_templates) for problem in problems)


@lru_cache(maxsize=1)
def _forms(texts: Texts) -> Mapping[str, Form | None]:
    found = read(dict(texts), Notes())
    return {key: form and found.in_all_languages(form) for key, form in sorted(found.forms.items())}


@lru_cache(maxsize=1)
def _problems(texts: Texts, gathered: tuple[Problem, ...], vocabulary: Vocabulary) -> tuple[Problem, ...]:
    return check_gathered(dict(texts), gathered, vocabulary, problems_of)
