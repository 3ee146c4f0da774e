"""What was typed about an absence: read, and told in words when it will not do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from forms_service.accounts.absence import Absence
from forms_service.texts import say

LONGEST = timedelta(days=731)


def read(
    form: Mapping[str, str], now: Absence, stand_ins: Collection[str], today: date
) -> tuple[Absence, dict[str, str]]:
    """The absence, and by field what is wrong with it. One that has begun keeps its first day."""
    since, until = _day(form.get("since", "")), _day(form.get("until", ""))
    stand_in = form.get("stand_in", "")
    errors: dict[str, str] = {}
    if since is None:
        errors["since"] = say("absence.no_from")
    elif since < today and since != now.since:
        errors["since"] = say("absence.in_the_past")
    if form.get("until", "").strip():
        errors |= _fault_in_end(since, until, today)
    if stand_in and stand_in not in stand_ins:
        errors["stand_in"] = say("absence.no_stand_in")
    return Absence(since, until, stand_in or None), errors


def _fault_in_end(since: date | None, until: date | None, today: date) -> dict[str, str]:
    if until is None:
        return {"until": say("absence.no_until")}
    if until < max(since or today, today):
        return {"until": say("absence.until_before_from")}
    return {"until": say("absence.too_long")} if until - (since or today) > LONGEST else {}


def _day(text: str) -> date | None:
    """A browser's date, or one typed as people write it."""
    parts = text.strip().split(".")
    try:
        return date(*map(int, reversed(parts))) if len(parts) == 3 else date.fromisoformat(text.strip())
    except ValueError:
        return None
