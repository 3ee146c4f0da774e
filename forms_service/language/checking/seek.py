"""Finds a word in a file again, to say where it stands."""

from __future__ import annotations

import re

from forms_service.language.problems import Place


def seek(source: str, start: Place, word: str) -> Place:
    """Where a word stands at or after a place; the place itself when the file writes it otherwise."""
    lines = source.split("\n")
    pattern = re.compile(rf"(?<![\w.]){re.escape(word)}(?!\w)")
    for number in range(start.line, len(lines) + 1):
        match = pattern.search(lines[number - 1], start.column - 1 if number == start.line else 0)
        if match:
            return Place(start.file, number, match.start() + 1)
    return start
