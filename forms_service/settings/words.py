"""Plain values as people write them in a file or the environment."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from zoneinfo import available_timezones

from forms_service.settings import colour
from forms_service.settings.given import did_you_mean
from forms_service.settings.quiet import QuietHours

TRUE = ("yes", "true", "on", "1")
FALSE = ("no", "false", "off", "0")
SECRET_LENGTH = 32
HIGHEST_PORT = 65535
MOST_DAYS = 3650
HOURS = re.compile(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\s*[-–]\s*([01]?\d|2[0-3])(?:[:.]([0-5]\d))?")
TIME = re.compile(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?")
PICTURES = (".svg", ".png")
LARGEST_LOGO = 20_000
MAIL_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")


def text(value: object) -> str:
    """Raises ValueError in words, as all functions here do."""
    if not isinstance(value, str):
        raise ValueError('must be text in quotes: "…"')  # noqa: TRY004 - the author's mistake, told like the others
    return value.strip()


def filled(value: object) -> str:
    found = text(value)
    if not found:
        raise ValueError("must not be empty")
    return found


def yes_or_no(value: object) -> bool:
    word = str(value).strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise ValueError("must be yes or no")


def port(value: object) -> int:
    word = str(value).strip()
    if isinstance(value, bool) or not word.isascii() or not word.isdigit() or not 1 <= int(word) <= HIGHEST_PORT:
        raise ValueError(f"must be a whole number from 1 to {HIGHEST_PORT}")
    return int(word)


def days(value: object) -> int:
    word = str(value).strip()
    if isinstance(value, bool) or not word.isascii() or not word.isdigit() or not 1 <= int(word) <= MOST_DAYS:
        raise ValueError(f"must be a whole number of days from 1 to {MOST_DAYS}")
    return int(word)


def proxies(value: object) -> int:
    word = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch("[0-9]", word):
        raise ValueError("must be a whole number from 0 to 9")
    return int(word)


def host(value: object) -> str:
    found = filled(value)
    if re.search(r"[\s/]", found):
        raise ValueError("must be a host name or an IP address, without http:// and path")
    return found


def folder(value: object) -> Path:
    """A folder that exists; relative to where the program was started."""
    found = Path(filled(value)).expanduser().resolve()
    if not found.is_dir():
        raise ValueError(f"must be a folder; there is none at {found}")
    return found


def secret(value: object) -> str:
    found = text(value)
    if len(found) < SECRET_LENGTH:
        raise ValueError(f"must be at least {SECRET_LENGTH} characters long, and random")
    return found


def timezone(value: object) -> str:
    found = filled(value)
    known = available_timezones()
    if found not in known:
        raise ValueError(f"must be the name of a time zone, such as Europe/Oslo{did_you_mean(found, known)}")
    return found


def mail_address(value: object) -> str:
    found = filled(value)
    if not MAIL_ADDRESS.fullmatch(found):
        raise ValueError("must be one e-mail address, such as post@example.org")
    return found


def mail_addresses(value: object) -> tuple[str, ...]:
    """One or more with commas between them, or none; each once, as it was first written."""
    found = [part for part in (each.strip() for each in text(value).split(",")) if part]
    for each in found:
        if not MAIL_ADDRESS.fullmatch(each):
            raise ValueError("must be e-mail addresses with commas between them, such as drift@example.org")
    first: dict[str, str] = {}
    for each in found:
        first.setdefault(each.casefold(), each)
    return tuple(first.values())


def time_of_day(value: object) -> time:
    """As in "07:00" or "7"."""
    read = TIME.fullmatch(text(value))
    if not read:
        raise ValueError('must be a time of the day, such as "07:00"')
    return time(int(read[1]), int(read[2] or 0))


def header(value: object) -> str:
    """A secret that goes along in a header of a request, or nothing."""
    found = text(value)
    if not found.isascii() or not found.isprintable() or " " in found:
        raise ValueError("must be plain letters, digits and signs without spaces")
    return found


def own_colour(value: object) -> str:
    """Empty, or a colour that words can be written in on white, and white words on it."""
    found = text(value).lower()
    if found and not colour.HEX.fullmatch(found):
        raise ValueError('must be a colour such as "#1f6259"')
    if found and (read := colour.contrast(found, colour.WHITE)) < colour.READABLE:
        raise ValueError(
            f"has a contrast of {read:.1f}:1 against white, too little to read: it must have {colour.READABLE}:1. "
            f"The nearest of its kind that has is {colour.readable_on_white(found)}"
        )
    return found


def logo(value: object) -> str:
    """Empty, or the path of a small picture."""
    found = text(value)
    if found and Path(found).suffix.lower() not in PICTURES:
        raise ValueError(f"must be a picture: {', '.join(PICTURES)}")
    if found and not Path(found).is_file():
        raise ValueError(f"must be a file; there is none at {found}")
    if found and Path(found).stat().st_size > LARGEST_LOGO:
        raise ValueError(f"must be at most {LARGEST_LOGO // 1000} kB, for it comes along with every first visit")
    return found and str(Path(found).resolve())


def quiet_hours(value: object) -> QuietHours | None:
    """As in "21-08" or "21:30-07:30"; "none" and nothing mean that there are none."""
    found = text(value)
    if found.lower() in {"", "none"}:
        return None
    read = HOURS.fullmatch(found)
    if not read:
        raise ValueError('must be two times of the day, such as "21-08" or "21:30-07:30", or "none"')
    hour, minute, until, and_minute = (int(part or 0) for part in read.groups())
    hours = QuietHours(time(hour, minute), time(until, and_minute))
    if hours.since == hours.until:
        raise ValueError("must begin and end at different times")
    return hours
