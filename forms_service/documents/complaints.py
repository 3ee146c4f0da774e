"""What WeasyPrint only grumbles about is an error here: a half-right document must not be filed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from forms_service.errors import RenderFailed

HARMLESS = ("Using fontTools instead of HarfBuzz-Subset",)
"""Only slower; `forms-service doctor` tells how to get the missing library."""


@contextmanager
def none_allowed(*, quoting: bool = False) -> Iterator[None]:
    """RenderFailed when WeasyPrint complained meanwhile; nothing of it reaches a log.

    ``quoting`` repeats what it complained of: right for a style sheet, never for a document with somebody's answers.
    """
    heard: list[str] = []

    def hear(record: logging.LogRecord) -> bool:
        heard.append(record.getMessage() if quoting else str(record.msg))
        return False

    logger = logging.getLogger("weasyprint")
    logger.addFilter(hear)
    try:
        yield
    finally:
        logger.removeFilter(hear)
    serious = sorted({words for words in heard if not words.startswith(HARMLESS)})
    if serious:
        raise RenderFailed(f"The document is not fit to be filed: {'; '.join(serious)}")
