"""The files that came with the program: front end, fonts, workflows."""

from __future__ import annotations

import hashlib
from pathlib import Path

from forms_service.commands.doctor.finding import Finding
from forms_service.settings import Settings
from forms_service.settings.places import PACKAGE, STYLE, is_checkout, with_style

CONTENTS = "CONTENTS"
"""Written by the build into each folder of fetched files: their SHA-256 and names."""


def front_end(_: Settings) -> list[Finding]:
    return [_fetched("Front-end files", PACKAGE / "web" / "static" / "vendor")]


def fonts(settings: Settings) -> list[Finding]:
    return [_fetched("Fonts of documents", with_style(settings.pdf_templates) / STYLE / "fonts")]


def _fetched(name: str, folder: Path) -> Finding:
    mend = "make setup" if is_checkout() else "Install the package again: pip install --force-reinstall forms-service"
    try:
        listed = (folder / CONTENTS).read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return Finding(name, well=False, said=f"not in {folder}", mend=mend)
    broken = [file for digest, file in map(str.split, listed) if _digest(folder / file) != digest]
    said = f"{', '.join(broken)} in {folder}" if broken else f"{len(listed)} files"
    return Finding(name, not broken, said, mend)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
