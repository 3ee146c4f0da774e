"""Hyphens that only a line break put there, told apart from those that somebody wrote."""

from __future__ import annotations

from typing import Any

DRAWN = b"> <2010>"
MEANT = b"> <00ad>"


def soften(pdf: Any) -> None:
    """Let WeasyPrint's line-break hyphen (U+2010) be read as a soft hyphen, which search and screen readers skip.

    Nobody's text holds U+2010 (see ``characters``), so each font's table of what its glyphs mean can be mended whole.
    """
    for item in pdf.objects:
        lines = getattr(item, "stream", [])
        if b"begincmap" in lines:
            item.stream = [line.replace(DRAWN, MEANT) for line in lines]
