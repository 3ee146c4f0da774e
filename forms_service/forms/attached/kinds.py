"""What a file is, by its first bytes."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Media types that we take."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


BEGINS = {b"%PDF-": Kind.PDF, b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}
ENDS = {Kind.PDF: "pdf", Kind.JPEG: "jpg", Kind.PNG: "png"}
"""How a name ends."""
ACCEPTED = {"pdf": frozenset({Kind.PDF}), "image": frozenset({Kind.JPEG, Kind.PNG})}
"""Words of ``accept:``."""


def kind_of(content: bytes) -> Kind | None:
    """None for everything else. Whether the rest is what the beginning says, only reading it tells."""
    return next((kind for begins, kind in BEGINS.items() if content.startswith(begins)), None)


def kinds_of(accept: tuple[str, ...]) -> frozenset[Kind]:
    """All of them when the definition names none."""
    return frozenset().union(*(ACCEPTED[word] for word in accept or ACCEPTED))
