"""The month that a monthly report tells of."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from forms_service.casework.month import last_month


@pytest.mark.parametrize(
    ("started", "today", "first", "last"),
    [
        ("2026-01-20", "2026-02-20", "2026-01-20", "2026-02-19"),
        ("2026-01-20", "2026-03-19", "2026-01-20", "2026-02-19"),
        ("2026-01-20", "2026-03-20", "2026-02-20", "2026-03-19"),
        ("2026-08-31", "2027-02-28", "2027-01-31", "2027-02-27"),
        ("2026-08-31", "2027-03-31", "2027-02-28", "2027-03-30"),
        ("2026-01-20", "2026-02-01", "2026-01-20", "2026-02-01"),
        ("2026-01-20", "2026-01-15", "2026-01-15", "2026-01-15"),
    ],
)
def test_a_month_begins_on_the_day_of_the_month_on_which_the_match_began(
    started: str, today: str, first: str, last: str
) -> None:
    days = [date.fromisoformat(day) for day in (started, today)]
    assert [day.isoformat() for day in last_month(*days)] == [first, last]


def test_day_after_day_the_months_follow_each_other_without_a_gap() -> None:
    started = date(2026, 8, 31)
    first_whole_month = date(2026, 9, 30)
    days = [first_whole_month + timedelta(days=number) for number in range(2000)]
    months = list(dict.fromkeys(last_month(started, day) for day in days))
    assert months[0] == (started, date(2026, 9, 29))
    assert len(months) == 66
    for (_, before), (first, _) in pairwise(months):
        assert first - before == timedelta(days=1)
