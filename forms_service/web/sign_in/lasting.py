"""How somebody signed in, and how long it counts: a cookie alone proves nothing."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask import request, session

from forms_service.clock import RealClock
from forms_service.web.current import runtime
from forms_service.web.sign_in.loopback import asked_from_this_machine, is_address_here

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
NOTED_EVERY = timedelta(minutes=1)
"""A session travels in a cookie, so not every request makes a new one."""
DEMO = "demo"


def is_demo() -> bool:
    """Anybody may be anybody: only in a demo, and only on the machine it runs on."""
    settings = runtime().settings
    return settings.demo and is_address_here(settings.base_url) and asked_from_this_machine(request)


def begin(way: str = "") -> None:
    """A new session: nothing of the one before is left, not even its id. ``way`` is how somebody signs in."""
    session.clear()
    session.update(id=secrets.token_urlsafe(16), way=way, began=_real_time(), used=_real_time())


def still_counts() -> bool:
    """Signed in the way that is open here now, used not long ago, and not too old."""
    return session.get("way") == DEMO and is_demo() and _within("used", IDLE) and _within("began", LONGEST)


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
