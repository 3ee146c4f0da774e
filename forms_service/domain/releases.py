"""What a participant lets out, to whom and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Content(StrEnum):
    """What can be released."""

    AGREEMENT = "agreement"
    EVALUATION = "evaluation"
    FINAL_REPORT = "final_report"


@dataclass(frozen=True, slots=True)
class Release:
    """A release from confidentiality for one kind of content to one kind of recipient; ``until`` is its last day."""

    content: str
    recipient: str
    given_on: date
    until: date | None = None
    withdrawn_on: date | None = None


def is_valid(release: Release, content: str, recipient: str, day: date) -> bool:
    """Whether this content may go to this recipient on this day."""
    return (release.content, release.recipient) == (content, recipient) and in_force(release, day)


def in_force(release: Release, day: date) -> bool:
    """Given by then, not past its last day, and not withdrawn: on the day of withdrawal it is gone already."""
    given = release.given_on <= day
    lasts = release.until is None or day <= release.until
    stands = release.withdrawn_on is None or day < release.withdrawn_on
    return given and lasts and stands
