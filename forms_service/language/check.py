"""Checks two folders on the disk: what the command ``forms-service check`` shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path

from forms_service.language.checking.cross_check import cross_check
from forms_service.language.files import Files, gather
from forms_service.language.load import read
from forms_service.language.notes import Notes
from forms_service.language.problems import Problem
from forms_service.language.vocabulary import Vocabulary

DOCUMENTS = "documents/"


Further = Callable[[Files], Iterable[Problem]]
"""What whoever owns the domain has to say of the same files."""


def check(
    workflows: Path, pdf_templates: Path, vocabulary: Vocabulary | None, further: Further = lambda files: ()
) -> tuple[Problem, ...]:
    """All problems of all files, in order, each with the path that the author can open; empty when all is well.

    Without a vocabulary, because nobody could read it, each file is looked at by itself.
    """
    notes = Notes()
    files = gather(workflows, pdf_templates, notes)
    problems = check_gathered(files, notes.problems, vocabulary, further)
    return tuple(on_disk(problem, workflows, pdf_templates) for problem in problems)


def check_gathered(
    files: Files, gathered: Collection[Problem], vocabulary: Vocabulary | None, further: Further = lambda files: ()
) -> tuple[Problem, ...]:
    """The same of files that have been read; ``gathered`` is what was wrong with reading them. Paths are relative."""
    unread = {problem.place.file for problem in gathered}
    return tuple(sorted({*gathered, *problems_of(files, vocabulary, unread), *further(files)}))


def problems_of(files: Files, vocabulary: Vocabulary | None, unread: Collection[str] = ()) -> tuple[Problem, ...]:
    """All problems of files that are at hand, each with its relative path."""
    notes = Notes()
    found = read(files, notes, unread)
    if vocabulary:
        cross_check(found, files, vocabulary, notes)
    return tuple(sorted(set(notes.problems)))


def on_disk(problem: Problem, workflows: Path, pdf_templates: Path) -> Problem:
    """With the path that the author can open."""
    name = problem.place.file
    path = pdf_templates / name.removeprefix(DOCUMENTS) if name.startswith(DOCUMENTS) else workflows / name
    return replace(problem, place=replace(problem.place, file=str(path)))
