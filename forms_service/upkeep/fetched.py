"""The files that came with the program, front end and fonts: whether they are there, and whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

CONTENTS = "CONTENTS"
"""Written by the build into each folder of fetched files: their SHA-256 and names."""


def broken_in(folder: Path) -> tuple[str, ...] | None:
    """The names of files that are not as they came; None when nothing came at all."""
    listed = files_in(folder)
    if listed is None:
        return None
    return tuple(name for digest, name in listed if _digest(folder / name) != digest)


def files_in(folder: Path) -> list[tuple[str, str]] | None:
    """Digest and name of each file that came."""
    try:
        lines = (folder / CONTENTS).read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return None
    return [(digest, name) for digest, name in map(str.split, lines)]


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
