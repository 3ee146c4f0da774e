"""What was typed on the page of an act: read, and told in words when it will not do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from forms_service.texts import say
from forms_service.web.runs.acts import Act, Given
from forms_service.web.runs.holders import EVERYBODY

LONGEST_REASON = 500
EARLIEST, LATEST = 2000, 2100


def read(act: Act, form: Mapping[str, str], zone: ZoneInfo, holders: Collection[str]) -> tuple[Given, dict[str, str]]:
    """What was filled in, and by field what is wrong with it."""
    errors: dict[str, str] = {}
    reason = form.get("reason", "").strip()
    if not reason:
        errors["reason"] = say("runs.reason_missing")
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = say("runs.reason_too_long", n=LONGEST_REASON)
    when = _moment(form.get("when", ""), zone) if act.asks == "when" else None
    if act.asks == "when" and when is None:
        errors["when"] = say("runs.no_moment")
    holder = form.get("holder", "") if act.asks == "holder" else ""
    if act.asks == "holder" and holder not in holders:
        errors["holder"] = say("runs.no_holder")
    role, _, person = holder.partition(":")
    chosen = None if person in {"", EVERYBODY} else person
    return Given(reason, when, role, chosen, form.get("children") == "yes"), errors


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A browser's date and time ("2026-05-04T12:00"), where the service is."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is not None or not EARLIEST <= moment.year < LATEST:
        return None
    return moment.replace(tzinfo=zone).astimezone(UTC)
