"""What is slow to prepare and the same for every document: style sheet, fonts, and who may fetch files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms_service.documents import complaints
from forms_service.documents.fetch import shared_files
from forms_service.documents.fonts import font_files, only_own_fonts
from forms_service.errors import RenderFailed


@dataclass(frozen=True, slots=True)
class Equipment:
    """WeasyPrint's style sheet, font configuration and URL fetcher, made once per process."""

    style: Any
    fonts: Any
    fetcher: Any
    base_url: str

    def pages(self, html: str) -> Any:
        """The laid-out document, ready to be written. RenderFailed when it asks for a file it may not have."""
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError

        source = HTML(string=html, base_url=self.base_url, url_fetcher=self.fetcher)
        try:
            return source.render(font_config=self.fonts, stylesheets=[self.style])
        except FatalURLFetchingError as error:
            raise RenderFailed(str(error.__cause__)) from None


def style_sheet(shared: Path) -> Path:
    """The one style sheet of all documents; its ``@font-face`` rules name the fonts."""
    return shared / "print.css"


def equip(shared: Path) -> Equipment:
    """Read the style sheet and the fonts. MachineNotReady when a font is missing; RenderFailed for bad CSS."""
    from weasyprint import CSS

    font_files(style_sheet(shared))
    fonts, fetcher = only_own_fonts(), shared_files(shared)
    with complaints.none_allowed(quoting=True):
        style = CSS(filename=style_sheet(shared), font_config=fonts, url_fetcher=fetcher)
    return Equipment(style, fonts, fetcher, shared.resolve().as_uri() + "/")
