"""Named places where a fault test may kill the process; they cost nothing when none is chosen."""

from __future__ import annotations

import os
import signal

_chosen: set[str] = set()


def choose_crash_points(*names: str) -> None:
    """Kill this process with SIGKILL the next time it comes to one of these places. For tests."""
    _chosen.clear()
    _chosen.update(names)


def crash_point(name: str) -> None:
    if _chosen and name in _chosen:
        os.kill(os.getpid(), signal.SIGKILL)
