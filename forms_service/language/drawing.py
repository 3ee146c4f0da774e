"""What somebody has drawn: the path of an SVG, straight lines in a plane of fixed size, and nothing else."""

from __future__ import annotations

import re

WIDTH, HEIGHT = 600, 200
LONGEST = 20_000
_LINES = re.compile(r"(?:M[0-9]{1,3} [0-9]{1,3}(?:L[0-9]{1,3} [0-9]{1,3})*)*")


def is_drawing(text: str) -> bool:
    """Nothing drawn is one too."""
    return len(text) <= LONGEST and _LINES.fullmatch(text) is not None
