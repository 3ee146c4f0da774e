"""How somebody signed in, and how long it counts: a cookie alone proves nothing."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask import request, session

from forms_service.clock import RealClock

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
NOTED_EVERY = timedelta(minutes=1)
"""A session travels in a cookie, so not every request makes a new one."""


def begin(way: str = "", number: int = 0) -> None:
    """A new session: nothing of the one before is left, not even its id. ``way`` is how somebody signs in.

    ``number`` is the one under which her sessions count now (storage.accounts); when it grows, this one has ended.
    """
    session.clear()
    session.update(id=secrets.token_urlsafe(16), way=way, number=number, began=_real_time(), used=_real_time())


def way_now() -> str:
    """How whoever is here has signed in."""
    return str(session.get("way", ""))


def has_number(number: int) -> bool:
    return bool(session.get("number") == number)


def still_counts() -> bool:
    """Used not long ago, and not too old."""
    return _within("used", IDLE) and _within("began", LONGEST)


def note_use() -> None:
    """What a page fetches by itself while it lies open is no use of it."""
    if "HX-Request" not in request.headers and not _within("used", NOTED_EVERY):
        session["used"] = _real_time()


def _within(what: str, longest: timedelta) -> bool:
    return _real_time() - float(session.get(what, 0)) < longest.total_seconds()


def _real_time() -> float:
    """Seconds. A demo's clock may leap half a year while somebody looks at it."""
    now: datetime = RealClock().now()
    return now.timestamp()
