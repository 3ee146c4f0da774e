"""Which operations make sense for a run or a step as it is now: what a page offers, and a command line would refuse."""

from __future__ import annotations

from collections.abc import Iterator

from forms_service.engine.close import OPEN
from forms_service.engine.pause import PAUSED, UNDER_WAY
from forms_service.storage.runs import RunRow, StepRow


def can_be_done_to_run(run: RunRow, *, other_versions: bool, readable: bool = True) -> frozenset[str]:
    """Out of pause, resume, cancel, move; a run whose version cannot be read any more can only be cancelled."""
    return frozenset(each for each in _for_run(run, other_versions) if readable or each == "cancel")


def can_be_done_to_step(row: StepRow, *, readable: bool = True) -> frozenset[str]:
    """Out of retry, skip, due, hand_over."""
    return frozenset(_for_step(row) if readable else ())


def _for_run(run: RunRow, other_versions: bool) -> Iterator[str]:
    if run.status not in UNDER_WAY:
        return
    yield "cancel"
    if other_versions:
        yield "move"
    if run.status == PAUSED:
        yield "resume"
    if run.status == "active" or run.paused_by_itself:
        yield "pause"


def _for_step(row: StepRow) -> Iterator[str]:
    if row.status in OPEN and row.status != "running":
        yield "skip"
    if row.status == "incident":
        yield "retry"
    if row.status in {"ready", PAUSED}:
        yield "due"
    if row.status == "waiting" and row.verb == "ask":
        yield "due"
        yield "hand_over"
