"""How much room there is where the data lies."""

from __future__ import annotations

import shutil
from pathlib import Path

LITTLE = 500_000_000
"""Bytes; a document takes about 50 000."""


def room_at(folder: Path) -> int:
    """Free bytes where the folder lies, or will lie."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free
