"""Words that may stand in HTML and SVG, whatever their author wrote."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML can hold, not even escaped."""


def fit(words: str) -> str:
    return UNFIT.sub("\ufffd", words)


def safe(words: str) -> Markup:
    return escape(fit(words))


def joined(parts: list[Markup]) -> Markup:
    return Markup("").join(parts)
