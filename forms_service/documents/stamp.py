"""What is stamped on a document when it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stamp:
    """A document's number, title and date; frozen with its data, so that a second printing gives the same bytes."""

    number: str
    title: str
    date: date
