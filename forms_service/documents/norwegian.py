"""Filters for templates: dates, numbers and free text as they are written in Norwegian."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from forms_service.language.drawing import HEIGHT, WIDTH, is_drawing

LOCALE = "nb"
LONG = "d. MMMM y"
UNBROKEN = Markup('<span class="unbroken">{}</span>')
DRAWING = Markup(
    '<svg viewBox="{plane}" width="{width}pt" height="{height}pt"><title>Tegnet signatur</title>'
    '<path d="{path}" fill="none" stroke="#1b262c" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>'
    "</svg>"
)
EMPTY_LINES = re.compile(r"\n\s*\n")


def long_date(value: date | str | None) -> Markup | None:
    """A date, or its ISO text, such as "15. januar 2026", never broken over two lines; an empty answer stays empty."""
    day = date.fromisoformat(value) if isinstance(value, str) and value else value
    return UNBROKEN.format(format_date(day, LONG, locale=LOCALE)) if isinstance(day, date) else None


def number(value: float | Decimal | None) -> str | None:
    """A number with a comma, such as "3,5"; an empty answer stays empty."""
    return None if value is None else format_decimal(value, locale=LOCALE)


def paragraphs(text: str | None) -> Markup:
    """Free text as paragraphs: an empty line parts them, other line breaks stay, and HTML in it is only text."""
    blocks = EMPTY_LINES.split((text or "").strip())
    return Markup().join(_paragraph(block) for block in blocks if block.strip())


def _paragraph(block: str) -> Markup:
    lines = (escape(line.strip()) for line in block.splitlines())
    return Markup("<p>{}</p>").format(Markup("<br>").join(lines))


def drawn(path: str | None, width: int) -> Markup:
    """A drawing so many points wide; nothing when there is none, or when it is something else."""
    if not path or not is_drawing(path):
        return Markup()
    return DRAWING.format(path=path, width=width, height=width * HEIGHT // WIDTH, plane=f"0 0 {WIDTH} {HEIGHT}")


FILTERS = {"drawn": drawn, "long_date": long_date, "number": number, "paragraphs": paragraphs}
