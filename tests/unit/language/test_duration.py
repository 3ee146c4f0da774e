"""Durations: Norwegian working days, clamped months, and the wall time across summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.language.duration import Duration, Unit, UnreadableDuration, after, nth, parse_duration, shift

OSLO = ZoneInfo("Europe/Oslo")
TROMSO_AND_TOKYO = [OSLO, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York"), UTC]


def oslo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 minute", Duration(1, Unit.MINUTE)),
        ("5 working days", Duration(5, Unit.WORKING_DAY)),
        ("1 working day", Duration(1, Unit.WORKING_DAY)),
        (" 6  months ", Duration(6, Unit.MONTH)),
        ("100 years", Duration(100, Unit.YEAR)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, expected: Duration) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "5", "days", "0 days", "-1 day", "1.5 days", "5 working", "5 dager", "٣ days", "05 days"]
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableDuration, match="such as"):
        parse_duration(text)


def test_a_duration_is_a_hundred_years_at_most() -> None:
    with pytest.raises(UnreadableDuration, match="hundred years"):
        parse_duration("101 years")


@pytest.mark.parametrize("text", ["1 minute", "2 hours", "1 working day", "5 working days", "6 months"])
def test_a_duration_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_duration(text)) == text


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 1)),
        (date(2026, 10, 2), 1, date(2026, 10, 5)),  # Friday to Monday
        (date(2026, 10, 3), 1, date(2026, 10, 5)),  # Saturday to Monday
        (date(2026, 3, 30), 5, date(2026, 4, 9)),  # over Easter: Maundy Thursday to Easter Monday are off
        (date(2026, 4, 1), 1, date(2026, 4, 7)),  # the Wednesday before Easter to the Tuesday after it
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # over 1 May, a Friday
        (date(2027, 5, 14), 1, date(2027, 5, 18)),  # over 17 May and Whit Monday, the same Monday
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # 24 December is a working day, 25 and 26 are not
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_working_days_leave_out_weekends_and_norwegian_holidays(start: date, count: int, expected: date) -> None:
    assert shift(start, Duration(count, Unit.WORKING_DAY)) == expected


def test_working_days_can_be_counted_backwards() -> None:
    assert shift(date(2026, 4, 7), Duration(1, Unit.WORKING_DAY), -1) == date(2026, 4, 1)


def test_rounds_are_counted_from_the_anchor_and_never_chained() -> None:
    every = parse_duration("6 months")
    days = [nth(date(2026, 8, 31), every, n, OSLO).astimezone(OSLO).date() for n in range(5)]
    assert days == [date(2026, 8, 31), date(2027, 2, 28), date(2027, 8, 31), date(2028, 2, 29), date(2028, 8, 31)]


def test_a_date_begins_at_midnight_in_the_zone() -> None:
    assert nth(date(2026, 1, 15), parse_duration("6 months"), 1, OSLO) == oslo(2026, 7, 15)
    assert nth(date(2026, 1, 15), parse_duration("6 months"), 1, OSLO).tzinfo is UTC


@pytest.mark.parametrize("text", ["1 day", "1 week", "1 month"])
def test_days_and_longer_keep_the_wall_time_when_summer_time_begins(text: str) -> None:
    start = oslo(2026, 3, 28, 9, 30)
    assert after(start, parse_duration(text), OSLO).astimezone(OSLO).time() == start.time()


def test_days_keep_the_wall_time_when_summer_time_ends() -> None:
    assert after(oslo(2026, 10, 24, 9, 30), parse_duration("1 day"), OSLO) == oslo(2026, 10, 25, 9, 30)


def test_hours_are_counted_on_the_clock() -> None:
    assert after(oslo(2026, 3, 28, 9, 30), parse_duration("24 hours"), OSLO) == oslo(2026, 3, 29, 10, 30)


def test_a_wall_time_that_does_not_exist_becomes_the_next_one_that_does() -> None:
    gap = after(oslo(2026, 3, 28, 2, 30), parse_duration("1 day"), OSLO)
    assert gap.astimezone(OSLO).replace(tzinfo=None) == datetime(2026, 3, 29, 3, 30)  # noqa: DTZ001 (the wall's own time)


def test_a_wall_time_that_comes_twice_is_the_first_one() -> None:
    twice = after(oslo(2026, 10, 24, 2, 30), parse_duration("1 day"), OSLO)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_working_days_end_at_the_same_wall_time() -> None:
    assert after(oslo(2026, 3, 27, 15, 0), parse_duration("1 working day"), OSLO) == oslo(2026, 3, 30, 15, 0)


def test_a_year_after_leap_day_is_the_last_of_february() -> None:
    assert shift(date(2028, 2, 29), parse_duration("1 year")) == date(2029, 2, 28)


def test_the_calendar_ends() -> None:
    with pytest.raises(OverflowError):
        nth(date(2026, 1, 1), parse_duration("100 years"), 100, OSLO)


@given(
    start=st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from(TROMSO_AND_TOKYO)),  # noqa: DTZ001
    amount=st.integers(1, 300),
    unit=st.sampled_from(Unit),
    zone=st.sampled_from([zone for zone in TROMSO_AND_TOKYO if isinstance(zone, ZoneInfo)]),
)
def test_time_only_goes_forward(start: datetime, amount: int, unit: Unit, zone: ZoneInfo) -> None:
    first, second = (after(start, Duration(count, unit), zone) for count in (amount, amount + 1))
    assert start < first < second
