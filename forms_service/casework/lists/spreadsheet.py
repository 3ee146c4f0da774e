"""Rows as a file that a spreadsheet opens with a double click, and of which it runs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def spreadsheet(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV as spreadsheets in Norwegian read it: semicolons, and UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """An apostrophe before it makes text of a formula; so does nothing else in all programs."""
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff").startswith(RUNS) or cell.startswith(RUNS) else cell
