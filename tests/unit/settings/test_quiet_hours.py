"""Hours in which nobody's telephone makes a sound, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.errors import SettingsError
from forms_service.settings import read_settings
from forms_service.settings.quiet import QuietHours

OSLO = ZoneInfo("Europe/Oslo")
NIGHT = QuietHours(time(21), time(8))


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-01-15T20:59", "2026-01-15T20:59"),
        ("2026-01-15T21:00", "2026-01-16T08:00"),
        ("2026-01-15T23:30", "2026-01-16T08:00"),
        ("2026-01-16T00:00", "2026-01-16T08:00"),
        ("2026-01-16T07:59", "2026-01-16T08:00"),
        ("2026-01-16T08:00", "2026-01-16T08:00"),
        ("2026-03-28T22:00", "2026-03-29T08:00"),
        ("2026-10-24T22:00", "2026-10-25T08:00"),
        ("2026-12-31T23:00", "2027-01-01T08:00"),
    ],
)
def test_what_comes_at_night_waits_for_the_morning(at: str, then: str) -> None:
    assert NIGHT.over_at(wall(at), OSLO) == wall(then)


def test_quiet_hours_in_the_middle_of_the_day_end_the_same_day() -> None:
    assert QuietHours(time(11), time(13)).over_at(wall("2026-01-15T12:00"), OSLO) == wall("2026-01-15T13:00")


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis asks
def test_nobody_waits_longer_than_the_night_and_nothing_is_sent_in_it(instant: datetime) -> None:
    then = NIGHT.over_at(instant, OSLO)
    assert timedelta(0) <= then - instant <= timedelta(hours=12)
    assert time(8) <= then.astimezone(OSLO).time() < time(21)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("21-08", (time(21), time(8))),
        ("22:30–7.15", (time(22, 30), time(7, 15))),
        ("none", None),
    ],
)
def test_the_settings_say_when(instance, text, hours):
    found = read_settings(instance, {"FORMS_QUIET_HOURS": text}).quiet_hours
    assert (found and (found.since, found.until)) == hours


@pytest.mark.parametrize("text", ["21", "25-08", "21-21", "night", "21-08-09", "21:60-08"])
def test_other_hours_are_refused_in_words(instance, text):
    with pytest.raises(SettingsError, match="FORMS_QUIET_HOURS must"):
        read_settings(instance, {"FORMS_QUIET_HOURS": text})


def test_nights_are_quiet_unless_somebody_says_otherwise_but_not_in_a_demo(instance):
    assert read_settings(instance, {}).quiet_hours == NIGHT
    assert read_settings(instance, {"FORMS_DEMO": "yes"}).quiet_hours is None
    assert read_settings(instance, {}, demo_by_default=True).quiet_hours is None
    assert read_settings(instance, {"FORMS_DEMO": "yes", "FORMS_QUIET_HOURS": "21-08"}).quiet_hours == NIGHT


GATEWAYS = {
    "http://gateway.example.org/send": "must begin with https://",
    "gateway.example.org": "must look like https://",
    "https://user:word@gateway.example.org/": "must be written in plain letters",
    "https://gateway.example.org/a b": "must be written in plain letters",
}


@pytest.mark.parametrize(("url", "words"), GATEWAYS.items())
def test_a_gateways_address_is_checked_and_not_repeated(instance, url, words):
    with pytest.raises(SettingsError, match=words) as error:
        read_settings(instance, {"FORMS_SMS_URL": url})
    assert "gateway.example.org/" not in str(error.value).replace("https://gateway.example.org/send", "")


def test_sms_are_sent_by_a_gateway_or_put_beside_the_mail(instance):
    smtp, sms = {"FORMS_SMTP_URL": "smtp://localhost"}, {"FORMS_SMS_URL": "https://gateway.example.org"}
    assert read_settings(instance, {}).sends_sms
    assert read_settings(instance, smtp | sms).sends_sms
    assert not read_settings(instance, smtp).sends_sms
    assert "example" not in repr(read_settings(instance, sms | {"FORMS_SMS_SECRET": "example"}).sms_url[:0])
