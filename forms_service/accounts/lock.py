"""When somebody who guesses must wait, and how long."""

from __future__ import annotations

from datetime import datetime, timedelta

TRIES = 10
"""Wrong ones in a row before the account is locked."""
MORE = 5
"""Wrong ones after that before it is locked again, for twice as long."""
FIRST = timedelta(minutes=15)
LONGEST = timedelta(hours=4)


def locked_until(failures: int, now: datetime) -> datetime | None:
    """The end of the lock that this failure brings; None when it brings none."""
    beyond = failures - TRIES
    if beyond < 0 or beyond % MORE:
        return None
    doublings = min(beyond // MORE, 10)  # a number that a timedelta can hold, whatever somebody tries
    return now + min(FIRST * (1 << doublings), LONGEST)
