"""Skipping a step: the run goes on as after it."""

from __future__ import annotations

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


def skip_step(rt: Runtime, step_id: str, reason: str, actor: Actor) -> None:
    """Leave out an incident, a waiting task, or a step that has not begun. Names that it would have given are missing.

    Raises ReasonMissing, NotFound, StepAtWork, AlreadyDone.
    """
    raise NotImplementedError
