"""What a participant lets out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from forms_service.domain.releases import Content, Release, is_valid

DAY = date(2026, 3, 2)
RELEASE = Release(Content.FINAL_REPORT, "primary_contact", given_on=DAY)


@pytest.mark.parametrize(
    ("change", "day", "valid"),
    [
        ({}, DAY, True),
        ({}, DAY - timedelta(days=1), False),
        ({}, DAY + timedelta(days=3650), True),
        ({"until": DAY + timedelta(days=1)}, DAY + timedelta(days=1), True),
        ({"until": DAY + timedelta(days=1)}, DAY + timedelta(days=2), False),
        ({"withdrawn_on": DAY + timedelta(days=1)}, DAY, True),
        ({"withdrawn_on": DAY + timedelta(days=1)}, DAY + timedelta(days=1), False),
        ({"withdrawn_on": DAY}, DAY, False),
    ],
)
def test_a_release_holds_from_its_day_to_its_last_and_not_once_withdrawn(
    change: dict[str, Any], day: date, valid: bool
) -> None:
    assert is_valid(replace(RELEASE, **change), "final_report", "primary_contact", day) is valid


def test_a_release_lets_out_nothing_else_and_to_nobody_else() -> None:
    assert not is_valid(RELEASE, "evaluation", "primary_contact", DAY)
    assert not is_valid(RELEASE, "final_report", "caseworker", DAY)
