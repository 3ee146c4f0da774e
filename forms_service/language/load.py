"""From files to checked definitions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import PurePosixPath
from typing import TypeVar

from forms_service.language.checking.cross_check import cross_check
from forms_service.language.definitions import Definitions, Document
from forms_service.language.document_file import read_document
from forms_service.language.files import SETTINGS, TEMPLATE, Files, document_settings, document_template, is_translation
from forms_service.language.form_file import read_form
from forms_service.language.found import Found
from forms_service.language.language_file import read_language
from forms_service.language.message_file import read_message
from forms_service.language.nodes import Node
from forms_service.language.notes import Notes
from forms_service.language.problems import Place
from forms_service.language.strict_yaml import read_yaml
from forms_service.language.used import files_of
from forms_service.language.vocabulary import Vocabulary
from forms_service.language.workflow_file import read_workflow

__all__ = ["files_of", "load", "read"]

T = TypeVar("T")
Reader = Callable[[Node, str, Notes], T | None]


def load(files: Files, vocabulary: Vocabulary, *, alone: bool = False) -> Definitions:
    """Read and check everything; InvalidDefinitions carries all problems.

    ``alone`` reads the files of one published version: they were checked when they were published, and the workflows
    that they start are not among them.
    """
    notes = Notes()
    found = read(files, notes)
    if not alone:
        cross_check(found, files, vocabulary, notes)
    notes.refuse()
    return found.definitions()


def read(files: Files, notes: Notes, unread: Collection[str] = ()) -> Found:
    """Every file by itself; ``unread`` are files that are there, but whose text nobody could get."""
    found = Found()
    for file in (*files, *unread):
        _sort_in(file, files, found, notes)
    for key in found.documents:
        found.documents[key] = _document(key, files, notes, unread)
    for file in filter(is_translation, files):
        code = PurePosixPath(file).stem
        found.languages[code] = read_language(files[file], file, code, notes)
    return found


def _sort_in(file: str, files: Files, found: Found, notes: Notes) -> None:
    match file.split("/"):
        case ["service.yaml"] | ["languages", _]:
            return
        case [name]:
            _one(file, name, found.workflows, read_workflow, files, notes)
        case ["forms", name]:
            _one(file, name, found.forms, read_form, files, notes)
        case ["messages", name]:
            _one(file, name, found.messages, read_message, files, notes)
        case ["documents", key, name] if name in (SETTINGS, TEMPLATE):
            found.documents.setdefault(key, None)
        case _:
            notes.add(Place(file, 1, 1), "No definition is kept here.")


def _one(file: str, name: str, found: dict[str, T | None], reader: Reader[T], files: Files, notes: Notes) -> None:
    path = PurePosixPath(name)
    if path.suffix != ".yaml":
        notes.add(Place(file, 1, 1), 'The name of a definition ends in ".yaml".')
    found[path.stem] = None
    node = read_yaml(files[file], file, notes) if file in files else None
    if node is not None:
        found[path.stem] = reader(node, path.stem, notes)


def _document(key: str, files: Files, notes: Notes, unread: Collection[str]) -> Document | None:
    settings, template = document_settings(key), document_template(key)
    for file in (settings, template):
        if file not in files and file not in unread:
            notes.add(Place(file, 1, 1), "This file is missing.")
    node = read_yaml(files[settings], settings, notes) if settings in files else None
    return read_document(node, key, files.get(template, ""), notes) if node is not None else None
