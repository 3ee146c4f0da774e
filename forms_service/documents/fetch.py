"""The only files that a document may bring in: those below ``pdf_templates/_shared``."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from forms_service.errors import RenderFailed


def file_below(folder: Path, url: str) -> Path:
    """The file that a URL names. RenderFailed for the net, for other places of this machine and for what is not there.

    The address is never repeated in the error: a template may have put somebody's answer into it.
    """
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc or parts.query:
        raise RenderFailed("The document asks for something outside pdf_templates/_shared.")
    try:
        file = Path(url2pathname(parts.path)).resolve()
    except ValueError:
        raise RenderFailed("The document asks for a file by an impossible name.") from None
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise RenderFailed("The document asks for a file that is not in pdf_templates/_shared.")
    return file


def shared_files(folder: Path) -> Any:
    """A URL fetcher for WeasyPrint that reads below the folder and stops the printing at anything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class SharedFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            file = file_below(folder, url)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return SharedFiles(fail_on_errors=True)
