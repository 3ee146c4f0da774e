"""PDF files: they have pages, need no password, and do nothing by themselves."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import StreamObject

from forms_service.forms.attached.refused import FileRefused, Reason

ACTIVE = ("JavaScript", "JS", "Launch", "EmbeddedFile", "RichMedia", "XFA", "SubmitForm", "ImportData")
"""Names of what runs, starts something, brings other files along or sends something away."""
SHORT, END = 3, r"(?=[\0\s()<>\[\]{}/%]|\Z)"
"""Short names stand in the bytes of a picture by chance; those count only where the name ends."""
MOST_STREAMS, MOST_BYTES = 2_000, 40_000_000
"""Of the streams that hold objects; whatever needs more is no letter."""
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def _written(name: str) -> str:
    """Any letter of a name may be written as its number: ``/J#53`` is ``/JS``."""
    letters = "".join(rf"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name)
    return letters + (END if len(name) <= SHORT else "")


BEGIN = "".join(sorted({name[0] for name in ACTIVE}))
NAMES = re.compile(rf"/(?=[{BEGIN}#])(?:{'|'.join(map(_written, ACTIVE))})".encode())


def check_pdf(content: bytes) -> None:
    """FileRefused when it is none, or one that nobody should open."""
    try:
        reason = _trouble(content, PdfReader(BytesIO(content)))
    except Exception:  # noqa: BLE001 (a broken file makes a reader fail in any way there is)
        reason = Reason.BROKEN
    if reason:
        raise FileRefused(reason)


def _trouble(content: bytes, reader: PdfReader) -> Reason | None:
    if reader.is_encrypted:
        return Reason.LOCKED
    if not _has_pages(reader):
        return Reason.BROKEN
    is_active = any(NAMES.search(part) for part in _readable(content, reader))
    return Reason.ACTIVE if is_active else None


def _has_pages(reader: PdfReader) -> bool:
    """The first one can be found; those after it are for whoever looks at them."""
    return len(reader.pages) > 0 and reader.pages[0].mediabox is not None


def _readable(content: bytes, reader: PdfReader) -> Iterator[bytes]:
    """The file as it lies there, and the objects that it has packed together."""
    yield content
    left, numbers = MOST_BYTES, sorted({stream for stream, _ in reader.xref_objStm.values()})
    for number in numbers:
        stream = reader.get_object(number)
        packed = stream.get_data() if isinstance(stream, StreamObject) else b""
        left -= len(packed)
        if left < 0 or len(numbers) > MOST_STREAMS:
            raise FileRefused(Reason.BROKEN)
        yield packed
