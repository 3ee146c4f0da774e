"""What somebody typed, as a plain JSON value. Each raises ValueError when the text is no such thing."""

from __future__ import annotations

import re
from datetime import date

_NUMBER = re.compile(r"[+-]?[0-9]{1,12}([.,][0-9]{1,6})?")
_PHONE = re.compile(r"(?:\+47|0047)?([2-9][0-9]{7})")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([^\s@.]+(?:\.[^\s@.]+)+)")
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_NORWEGIAN_DAY = re.compile(r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4})")
_TIME = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9])(:00)?")
_CLOCKED = re.compile(r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-5][0-9])")
_HOURS = re.compile(r"[0-9]{1,3}([.,][0-9]{1,2})?")
_POSTCODE = re.compile(r"(?:N[O]?-)?([0-9]{4})", re.IGNORECASE)
_GROUPS_OF_THREE = ("4", "8", "9")


def parse_text(text: str) -> str:
    """Text is what it is."""
    return text


def parse_number(text: str) -> int | float:
    """A number with decimal comma or point; spaces between thousands."""
    digits = re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(digits):
        raise ValueError("not a number")
    value = float(digits.replace(",", "."))
    return int(value) if value.is_integer() else value


def parse_day(text: str) -> str:
    """A day as ISO text, written 2026-01-15 (as date fields send it) or 15.01.2026 (as people type it)."""
    found = _ISO_DAY.fullmatch(text) or _NORWEGIAN_DAY.fullmatch(text)
    if not found or not "1900" <= found["year"] <= "2100":
        raise ValueError("not a day of our time")
    return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()


def parse_time(text: str) -> str:
    """A time of day as HH:MM, written 9.30, 09:30 or as time fields send it."""
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError("not a time of day")
    return f"{int(found['hour']):02}:{found['minute']}"


def parse_hours(text: str) -> int | float:
    """How long something took, in hours: 1,5 or 1.5 or 1:30; kept to the hundredth."""
    digits = re.sub(r"\s", "", text)
    clocked = _CLOCKED.fullmatch(digits)
    if clocked:
        value = int(clocked["hours"]) + round(int(clocked["minutes"]) / 60, 2)
    elif _HOURS.fullmatch(digits):
        value = float(digits.replace(",", "."))
    else:
        raise ValueError("not a number of hours")
    return int(value) if float(value).is_integer() else value


def parse_postcode(text: str) -> str:
    """Four digits, as Norwegian postcodes have."""
    found = _POSTCODE.fullmatch(re.sub(r"\s", "", text))
    if not found:
        raise ValueError("not a postcode")
    return found[1]


def parse_phone(text: str) -> str:
    """A Norwegian number of eight digits, grouped as it is read aloud; +47 and spaces are taken off."""
    found = _PHONE.fullmatch(re.sub(r"[\s-]", "", text))
    if not found:
        raise ValueError("not a phone number")
    digits = found[1]
    if digits.startswith(_GROUPS_OF_THREE):
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    return " ".join(digits[start : start + 2] for start in range(0, 8, 2))


def parse_mail_address(text: str) -> str:
    """An address that any mail server can take, at most 254 characters; domains such as blåbær.no in ASCII form."""
    found = _MAIL.fullmatch(text)
    if not found or ".." in text:
        raise ValueError("not an e-mail address")
    try:
        domain = found[1].encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("not a domain") from None
    address = text[: found.start(1)] + domain
    if len(address) > 254 or not re.fullmatch(r"[A-Za-z0-9.-]+", domain):
        raise ValueError("not an e-mail address")
    return address
