"""Pausing a run and taking it on again, by a person."""

from __future__ import annotations

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


def pause_run(rt: Runtime, run_id: str, reason: str, actor: Actor) -> None:
    """Nothing happens in the run until somebody resumes it; tasks can still be answered.

    A run that had paused by itself is then paused by a person. Raises ReasonMissing, NotFound, AlreadyDone.
    """
    raise NotImplementedError


def resume_run(rt: Runtime, run_id: str, reason: str, actor: Actor) -> None:
    """The run goes on where it was. Raises ReasonMissing, NotFound, AlreadyDone."""
    raise NotImplementedError
