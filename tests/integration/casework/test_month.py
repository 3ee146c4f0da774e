"""What the contact log says about the month that a monthly report tells of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from forms_service.engine.service import Subject
from tests.integration.casework.town import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_figures_are_those_of_the_month_and_tell_no_note(town: Town) -> None:
    subject = town.active()
    logged(town, subject, "2026-01-20", "meeting", hours=1.5)
    logged(town, subject, "2026-02-19", "phone", hours=0.25, at_night=True, too_much=True)
    logged(town, subject, "2026-02-20", "sms")
    logged(town, subject, "2026-01-25", "phone", minutes=15)
    month = month_of(town, subject, date(2026, 2, 25))
    assert month == {
        "month_from": date(2026, 1, 20),
        "month_to": date(2026, 2, 19),
        "month_meetings": 1,
        "month_activities": 0,
        "month_calls": 2,
        "month_texts": 0,
        "month_group_meetings": 0,
        "month_hours": 2.0,
        "month_nights": 1,
        "month_too_much": 1,
    }


def test_the_month_of_a_match_that_has_ended_ends_with_it(town: Town) -> None:
    subject = town.closed(town.active())
    assert month_of(town, subject, date(2027, 1, 1))["month_to"] == date(2026, 6, 19)


def logged(town: Town, subject: Subject, on: str, kind: str, **answers: object) -> None:
    town.move("log_contact", subject, {"on": on, "kind": kind, "internal_note": "HEMMELIG", **answers}, by="berit")


def month_of(town: Town, subject: Subject, today: date) -> dict[str, Any]:
    with town.database.reading() as session:
        match: Any = town.service.facts(session, subject, today)["match"]
    assert "HEMMELIG" not in str(match)
    return {name: value for name, value in match.items() if name.startswith("month_")}
