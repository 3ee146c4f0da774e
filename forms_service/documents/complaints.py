"""What WeasyPrint only grumbles about is an error here: a half-right document must not be filed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from forms_service.errors import RenderFailed

HARMLESS = ("Using fontTools instead of HarfBuzz-Subset",)
"""Only slower; `forms-service doctor` tells how to get the missing library."""


@contextmanager
def none_allowed(*, quoting: bool = False) -> Iterator[None]:
    """RenderFailed when WeasyPrint complained meanwhile; nothing of it reaches a log.

    ``quoting`` repeats what it complained of: right for a style sheet, never for a document with somebody's answers.
    """
    heard: set[str] = set()
    ear = partial(_hear, heard, quoting)
    logger = logging.getLogger("weasyprint")
    logger.addFilter(ear)
    try:
        yield
    finally:
        logger.removeFilter(ear)
    _refuse({words for words in heard if not words.startswith(HARMLESS)})


def _hear(heard: set[str], quoting: bool, record: logging.LogRecord) -> bool:
    """A filter for a logger: remembers, and lets nothing through."""
    heard.add(record.getMessage() if quoting else str(record.msg))
    return False


def _refuse(complaints: set[str]) -> None:
    if complaints:
        raise RenderFailed(f"The document is not fit to be filed: {'; '.join(sorted(complaints))}")
