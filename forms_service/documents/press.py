"""The press: a template, the data it may see and a stamp become a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from forms_service.documents import complaints
from forms_service.documents.allow_list import allowed
from forms_service.documents.characters import Characters
from forms_service.documents.equipment import Equipment, equip, style_sheet
from forms_service.documents.failures import in_words
from forms_service.documents.fonts import font_files, known_characters
from forms_service.documents.line_breaks import soften
from forms_service.documents.metadata import VARIANT, also_ua, describe
from forms_service.documents.stamp import Stamp
from forms_service.documents.templates import TemplateEnvironment, for_template
from forms_service.language.definitions import Document
from forms_service.settings import ServiceIdentity
from forms_service.settings.places import forms_on_paper

__all__ = ["Press", "Stamp"]

PROOF = '<!doctype html><html lang="nb"><title>1</title><h1>1</h1><p>1 <em>1</em> <strong>1</strong></p>'


class Press:
    """Prints documents. One per process; of several threads one prints at a time."""

    def __init__(self, pdf_templates: Path, identity: ServiceIdentity) -> None:
        self._shared = pdf_templates / "_shared"
        self._identity = identity
        environment = TemplateEnvironment(self._shared, forms_on_paper(pdf_templates))
        self._compiled = lru_cache(maxsize=64)(environment.from_string)
        self._turn = Lock()

    @cached_property
    def _equipment(self) -> Equipment:
        return equip(self._shared)

    @cached_property
    def _characters(self) -> Characters:
        return Characters(known_characters(font_files(style_sheet(self._shared))))

    def warm(self) -> None:
        """Load what is slow to load, about a second, before the first document is asked for. MachineNotReady."""
        self._print(PROOF, Stamp(number="1", title="1", date=date.min))

    def html(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> str:
        """The filled template.

        MissingValue names what ``uses:`` asks for in vain; RenderFailed says, without the data, what else is wrong.
        """
        seen = allowed(document.uses, data) | {"stamp": asdict(stamp), "service": asdict(self._identity)}
        with in_words(document.key):
            return self._compiled(document.template).render(self._characters.clean(for_template(seen)))

    def render(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> bytes:
        """A PDF that is both PDF/A-2a and PDF/UA-1; the same input gives the same bytes. Errors as for ``html``."""
        with self._turn:
            html = self.html(document, data, stamp)
            with in_words(document.key):
                return self._print(html, stamp)

    def _print(self, html: str, stamp: Stamp) -> bytes:
        line, equipment = self._characters.line, self._equipment
        with complaints.none_allowed():
            pages = equipment.pages(html)
            title, author = line(f"{stamp.title} {stamp.number}"), line(self._identity.organisation)
            describe(pages.metadata, title, author, stamp.date)
            pdf: bytes = pages.write_pdf(finisher=_finish, pdf_variant=VARIANT)
        return pdf


def _finish(_document: object, pdf: Any) -> None:
    also_ua(pdf)
    soften(pdf)
