"""Changing when a step is due."""

from __future__ import annotations

from datetime import datetime

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


def change_due(rt: Runtime, step_id: str, when: datetime, reason: str, actor: Actor) -> None:
    """Move a timer to another instant, or a task's due date; the task's reminders move along by as much.

    Raises ReasonMissing, NotFound, AlreadyDone.
    """
    raise NotImplementedError
