"""On which days, and from when on, those who look after the service are told how it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from forms_service.engine.runtime import Runtime
from forms_service.language.working_days import is_working_day


def day_to_tell_of(rt: Runtime, now: datetime) -> date | None:
    """Today, when it is a working day and its hour has come; a poller that begins later is late, and tells then."""
    local = now.astimezone(rt.zone)
    if not rt.settings.digest_to or local.time() < rt.settings.digest_at or not is_working_day(local.date()):
        return None
    return local.date()


def is_first_of_week(day: date) -> bool:
    """The first working day of its week: mostly Monday."""
    earlier = (day - timedelta(days=number) for number in range(1, day.weekday() + 1))
    return is_working_day(day) and not any(map(is_working_day, earlier))
