"""The files of a service as texts by relative path: what is read from the disk, and what a version freezes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from forms_service.language.notes import Notes
from forms_service.language.problems import Place
from forms_service.language.strict_yaml import MAX_BYTES

Files: TypeAlias = Mapping[str, str]

SHARED = "_shared"
SETTINGS, TEMPLATE = "document.yaml", "document.html"
LANGUAGES = "languages/"
"""A PO file for each language that forms are translated into."""
SERVICE = "service.yaml"
"""Describes the service that the workflows belong to; whoever owns the domain reads it."""


def is_translation(name: str) -> bool:
    return name.startswith(LANGUAGES)


def document_settings(key: str) -> str:
    return f"documents/{key}/{SETTINGS}"


def document_template(key: str) -> str:
    return f"documents/{key}/{TEMPLATE}"


def read_files(workflows: Path, pdf_templates: Path) -> Files:
    """Every definition in two folders: "intake.yaml", "forms/intake.yaml", "documents/agreement/document.html".

    InvalidDefinitions when a file is too large, is no UTF-8 text, or lies outside its folder.
    """
    notes = Notes()
    files = gather(workflows, pdf_templates, notes)
    notes.refuse()
    return files


def gather(workflows: Path, pdf_templates: Path, notes: Notes) -> Files:
    """The files that can be read; what is wrong with the others lies in ``notes``."""
    files = {}
    for name, path, folder in (*_definitions(workflows), *_documents(pdf_templates)):
        text = _text(name, path, folder, notes)
        if text is not None:
            files[name] = text
    return files


def _definitions(workflows: Path) -> Iterator[tuple[str, Path, Path]]:
    for prefix in ("", "forms/", "messages/"):
        for path in sorted((workflows / prefix).glob("*.y*ml")):
            yield f"{prefix}{path.name}", path, workflows
    for path in sorted((workflows / LANGUAGES).glob("*.po")):
        yield f"{LANGUAGES}{path.name}", path, workflows


def _documents(pdf_templates: Path) -> Iterator[tuple[str, Path, Path]]:
    for folder in sorted(pdf_templates.iterdir()) if pdf_templates.is_dir() else ():
        for name in (SETTINGS, TEMPLATE):
            if folder.is_dir() and folder.name != SHARED and (folder / name).exists():
                yield f"documents/{folder.name}/{name}", folder / name, pdf_templates


def _text(name: str, path: Path, folder: Path, notes: Notes) -> str | None:
    """The file's text; None, and a note, for a file that nobody should read."""
    place = Place(name, 1, 1)
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            notes.add(place, "This is no file of the folder; links that lead out of it are not followed.")
        elif path.stat().st_size > MAX_BYTES:
            notes.add(place, "The file is larger than 1 MB.")
        else:
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        notes.add(place, "The file is not text in UTF-8.")
    except (OSError, RuntimeError):
        notes.add(place, "The file cannot be opened.")
    return None
