"""``forms-service texts``: the PO files of a folder, brought up to date with its forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from forms_service.commands.check import templates_of
from forms_service.commands.output import write
from forms_service.errors import NotFound, SettingsError
from forms_service.language.completeness import COMMENT, how_complete, languages_of, sources_in
from forms_service.language.files import LANGUAGES, Files, gather
from forms_service.language.notes import Notes
from forms_service.settings import Settings
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.po_file import is_language
from forms_service.translation.update import update


def texts(settings: Settings, folder: Path | None = None, add: Sequence[str] = ()) -> int:
    """Writes ``languages/<code>.po`` for each language that is there or in ``add``, and prints how complete it is.

    InvalidDefinitions when a form or a PO file cannot be read: its translations must not be taken for old ones.
    """
    workflows = folder or settings.workflows
    if not workflows.is_dir():
        raise NotFound(f"There is no folder {workflows}")
    files = _files(workflows, settings)
    sources = sources_in(files)
    for code in sorted({*languages_of(files), *map(_known, add)}):
        target = workflows / LANGUAGES / f"{code}.po"
        updated = update(files.get(f"{LANGUAGES}{code}.po", ""), code, sources, COMMENT)
        target.parent.mkdir(exist_ok=True)
        write(updated.file.encode("utf-8"), target)
        print(f"{target}: {how_complete(updated)}")
    return 0


def _files(workflows: Path, settings: Settings) -> Files:
    notes = Notes()
    files = gather(workflows, templates_of(workflows, settings), notes)
    notes.refuse()
    return files


def _known(code: str) -> str:
    if code == SOURCE or not is_language(code):
        raise SettingsError(f'There is no language "{code}" to translate into; nn, en and se are some.')
    return code
