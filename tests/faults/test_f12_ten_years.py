"""F12: evaluations for ten years, from every kind of day, in four time zones: each round once, on its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.storage.runs import RunRow, StepRow
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import Start
from tests.faults.town import BEGINNING

SERIES = 100
YEARS = 10
ZONES = ("Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")
"""The service's own; the other side of the sea; summer time of half an hour; summer time that begins at midnight."""

SPECIAL = (
    date(2026, 1, 31), date(2026, 3, 28), date(2026, 3, 29), date(2026, 4, 24), date(2026, 8, 31), date(2026, 10, 25),
    date(2026, 12, 31), date(2027, 2, 28), date(2028, 2, 29), date(2026, 5, 30), date(2026, 11, 1), date(2027, 8, 30),
)  # fmt: skip
"""Ends of months, a leap day, and days on which clocks are changed."""


def start_days(home: Home, count: int) -> list[date]:
    """Special ones first, then any."""
    others = [BEGINNING.date() + timedelta(days=home.dice.randrange(1100)) for _ in range(count)]
    return [*SPECIAL, *others][:count]


def oracle(bought: date, zone: ZoneInfo) -> Iterator[datetime]:
    """When the rounds must begin, by another library than the service's."""
    for number in range(1, 2 * YEARS + 1):
        yield datetime.combine(bought + relativedelta(months=6 * number), time(), zone).astimezone(UTC)


def rounds_of(session: Session, name: str) -> tuple[list[datetime], list[datetime]]:
    """When the rounds of a book's series were due, and when they began."""
    buy = session.scalars(select(RunRow).where(RunRow.start_key == f"about:buy:book:{name}:1")).one()
    step = session.scalars(select(StepRow).where(StepRow.run_id == buy.id, StepRow.verb == "run")).one()
    series = session.scalars(select(RunRow).where(RunRow.parent_step_id == step.id)).one()
    clocks = select(StepRow.due_at).where(StepRow.run_id == series.id, StepRow.status == "done", StepRow.visit > 0)
    begun = select(RunRow.started_at).where(RunRow.start_key.startswith(f"series:{series.id}:"))
    return list(session.scalars(clocks.order_by(StepRow.visit))), list(session.scalars(begun.order_by(RunRow.round)))


@pytest.mark.parametrize("zone", ZONES)
def test_for_ten_years_each_round_begins_once_and_on_its_day(home: Home, times: Times, zone: str) -> None:
    home.begin_again()
    days = start_days(home, times(SERIES, minimum=2))
    rt = replace(home.rt, settings=replace(home.rt.settings, timezone=zone))
    plan = tuple(
        Start("buy", f"{day}-{number}", (day - BEGINNING.date()).days, book=f"{day}-{number}")
        for number, day in enumerate(days)
    )
    solo = replace(home.solo(plan), rt=rt)
    solo.play(until=datetime(2040, 1, 1, tzinfo=UTC))
    with rt.database.reading() as session:
        for start, day in zip(plan, days, strict=True):
            due, begun = rounds_of(session, start.book)
            expected = list(oracle(day, ZoneInfo(zone)))
            assert due[: len(expected)] == expected
            assert begun[: len(expected)] == expected
    home.account(plan, expected=None)
