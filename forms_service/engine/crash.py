"""Named places where a fault test may kill or stop the process; they cost nothing when none is chosen."""

from __future__ import annotations

import os
import signal

POINTS = frozenset(
    {
        "answered",
        "attempt_failed",
        "claimed",
        "claiming",
        "dispatch_marked",
        "dispatch_rung",
        "dispatched",
        "document_written",
        "done_on_the_way",
        "failing",
        "finished",
        "finishing",
        "lane_ended",
        "message_claimed",
        "message_claiming",
        "message_dot_marked",
        "message_dot_marking",
        "message_ended",
        "message_ending",
        "message_handed_over",
        "message_put_off",
        "message_putting_off",
        "message_taken_back",
        "message_written",
        "moved",
        "round_set",
        "run_begun",
        "run_over",
        "rung",
        "step_heard",
        "step_over",
        "step_taken_back",
        "submitted",
        "submitting",
        "sweeping",
        "swept",
        "worked",
    }
)
"""Every place there is. Each stands once in the code, and a test comes to each."""

_chosen: dict[str, tuple[int, signal.Signals]] = {}


def choose_crash_points(*names: str, passes: int = 0, by: signal.Signals = signal.SIGKILL) -> None:
    """Let this process be hit when it comes to one of these places, once, after so many passes. For tests."""
    unknown = set(names) - POINTS
    if unknown:
        raise ValueError(f"there is no crash point {', '.join(sorted(unknown))}")
    _chosen.clear()
    _chosen.update(dict.fromkeys(names, (passes, by)))


def crash_point(name: str) -> None:
    if name in _chosen:
        _come_to(name)


def _come_to(name: str) -> None:
    passes, by = _chosen.pop(name)
    if passes:
        _chosen[name] = (passes - 1, by)
    else:
        os.kill(os.getpid(), by)
