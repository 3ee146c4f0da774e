"""A contact has a date and a meeting a moment: on both databases they stand in one order, and come back as moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Date, literal, select, union_all

from forms_service.storage.base import Instant
from forms_service.storage.database import Database
from forms_service.storage.start_of_day import start_of_day

DAYS = (date(2024, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31))
"""A leap day, both changes of the clock, and the last day of a year."""


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_begins_at_midnight_in_utc(database: Database, day: date) -> None:
    with database.reading() as session:
        assert session.scalar(select(start_of_day(literal(day, Date())))) == _midnight(day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_stands_between_the_moments_before_and_after_it(database: Database, day: date) -> None:
    moments = [_midnight(day) - timedelta(microseconds=1), _midnight(day) + timedelta(microseconds=1)]
    rows = [select(literal(moment, Instant()).label("at")) for moment in moments]
    together = union_all(*rows, select(start_of_day(literal(day, Date())).label("at"))).subquery()
    with database.reading() as session:
        found = session.scalars(select(together.c.at).order_by(together.c.at)).all()
    assert found == [moments[0], _midnight(day), moments[1]]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
