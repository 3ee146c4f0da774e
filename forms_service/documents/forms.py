"""The two documents that every form has: to be filled in with a pen, and as it was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from forms_service.documents.stamp import Stamp
from forms_service.language.definitions import Document
from forms_service.language.problems import NOWHERE

BLANK = Document(
    key="form_blank",
    title="",
    place=NOWHERE,
    uses=("sheet.title", "sheet.intro", "sheet.sections", "about.case_number"),
    open_to=(),
    template='{% extends "form_blank.html" %}',
)
FILLED = Document(
    key="form_filled",
    title="",
    place=NOWHERE,
    uses=(
        "sheet.title",
        "sheet.sections",
        "about.case_number",
        "sent.by",
        "sent.asked",
        "sent.role",
        "sent.on",
        "sent.at",
        "sent.via",
    ),
    open_to=(),
    template='{% extends "form_filled.html" %}',
)
"""The templates lie in pdf_templates/_forms."""


def stamp_of(sheet: Mapping[str, object], version: str, day: date) -> Stamp:
    """A form has no number of its own; it is known by its version."""
    return Stamp(number=version, title=str(sheet["title"]), date=day)
