"""The files that came with the program: front end, fonts, workflows."""

from __future__ import annotations

from pathlib import Path

from forms_service.commands.doctor.finding import Finding
from forms_service.settings import Settings
from forms_service.settings.places import is_checkout
from forms_service.upkeep.fetched import broken_in, files_in
from forms_service.upkeep.machine import fonts_of, front_end_of


def front_end(_: Settings) -> list[Finding]:
    return [_fetched("Front-end files", front_end_of())]


def fonts(settings: Settings) -> list[Finding]:
    return [_fetched("Fonts of documents", fonts_of(settings))]


def _fetched(name: str, folder: Path) -> Finding:
    mend = "make setup" if is_checkout() else "Install the package again: pip install --force-reinstall forms-service"
    broken = broken_in(folder)
    if broken is None:
        return Finding(name, well=False, said=f"not in {folder}", mend=mend)
    said = f"{', '.join(broken)} in {folder}" if broken else f"{len(files_in(folder) or ())} files"
    return Finding(name, not broken, said, mend)
