"""What has become of a one-time link."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from forms_service.storage.runs import LinkRow, StepRow


class LinkState(StrEnum):
    """In the order in which one excludes the next."""

    USED = "used"
    SETTLED = "settled"
    """The task was answered in another way, or is not asked any more."""
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    OPEN = "open"


def state_of(link: LinkRow, task: StepRow, time: datetime) -> LinkState:
    """``time`` is that of the task's run, whose clock may stand still. A link ends with its task."""
    if link.used_at and task.status == "done":
        return LinkState.USED
    ended_before = link.revoked_at is not None and (task.finished_at is None or link.revoked_at < task.finished_at)
    if task.status != "waiting" and not ended_before:
        return LinkState.SETTLED
    if link.revoked_at:
        return LinkState.WITHDRAWN
    return LinkState.EXPIRED if link.expires_at < time else LinkState.OPEN
