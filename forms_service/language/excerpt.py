"""The line of a file that a problem stands in, with a caret under the place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from forms_service.language.notes import printable
from forms_service.language.problems import Problem
from forms_service.language.strict_yaml import MAX_BYTES

BEFORE, AFTER = 60, 40
"""How much of a long line is shown on either side of the place, in characters."""
LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def with_excerpts(problems: Iterable[Problem]) -> Iterator[str]:
    """Each problem as its author reads it: the words in the first line, then the line of the file and the caret."""
    for file, found in groupby(problems, lambda problem: problem.place.file):
        lines = _lines_of(Path(file))
        for problem in found:
            yield "\n".join((str(problem), *_excerpt(lines, problem.place.line, problem.place.column)))


def _lines_of(path: Path) -> list[str]:
    """The lines of a file; none when nobody could read it."""
    try:
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            return LINE_ENDS.split(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        pass
    return []


def _excerpt(lines: list[str], line: int, column: int) -> tuple[str, ...]:
    text = lines[line - 1] if line <= len(lines) else ""
    if not text.strip() or column > len(text) + 1:
        return ()
    start, end = max(0, column - 1 - BEFORE), column - 1 + AFTER
    text = text.replace("\t", " ")
    before = ("…" if start else "") + printable(text[start : column - 1])
    after = printable(text[column - 1 : end]) + ("…" if end < len(text) else "")
    return (f"    {before}{after}", f"    {' ' * sum(map(_width, before))}^")


def _width(sign: str) -> int:
    """How many columns a terminal gives a sign."""
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
