"""Telephone numbers that an SMS can go to."""

from __future__ import annotations

import re

NORWEGIAN = re.compile(r"(?:\+47|0047)?([49][0-9]{7})")
"""Mobile numbers begin with 4 or 9; the others are telephones on a wall, which read no messages."""
FOREIGN = re.compile(r"\+(?!47)[1-9][0-9]{6,14}")


def mobile_number(text: str) -> str:
    """The number with its country, as in +4741234567; empty when no SMS can go there."""
    digits = re.sub(r"[\s()-]", "", text)
    if found := NORWEGIAN.fullmatch(digits):
        return f"+47{found[1]}"
    return digits if FOREIGN.fullmatch(digits) else ""
