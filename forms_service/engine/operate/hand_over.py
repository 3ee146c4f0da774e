"""Giving a task to somebody else."""

from __future__ import annotations

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


def hand_over(rt: Runtime, step_id: str, person_id: str | None, role: str, reason: str, actor: Actor) -> None:
    """Give a waiting task to one person, or to everybody in a role when none is named.

    Raises ReasonMissing, NotFound (the task, the person, the role), AlreadyDone.
    """
    raise NotImplementedError
