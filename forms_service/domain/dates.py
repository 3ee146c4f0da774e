"""Which days are plausible for what happens in a case; a slip of the pen in a year is refused."""

from __future__ import annotations

from datetime import date, timedelta

from forms_service.domain.refusal import Refusal, Refused

MOST_DAYS_AHEAD = 60
MOST_DAYS_BACK = 366


def must_be_plausible_start(started_on: date, today: date) -> None:
    """A match begins at most 60 days from now, and began at most a year ago."""
    if started_on > today + timedelta(days=MOST_DAYS_AHEAD):
        raise Refused(Refusal.STARTS_TOO_LATE)
    if started_on < today - timedelta(days=MOST_DAYS_BACK):
        raise Refused(Refusal.STARTED_TOO_EARLY)


def must_be_plausible_end(closed_on: date, started_on: date | None, today: date) -> None:
    """A match ends after it began; one whose first day is still to come can be ended today."""
    if closed_on > today:
        raise Refused(Refusal.CLOSED_AHEAD)
    if closed_on < min(started_on or closed_on, today):
        raise Refused(Refusal.CLOSED_BEFORE_START)


def must_not_be_ahead(died_on: date, today: date) -> None:
    if died_on > today:
        raise Refused(Refusal.DIED_AHEAD)
