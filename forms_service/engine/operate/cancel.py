"""Stopping a run for good."""

from __future__ import annotations

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


def cancel(rt: Runtime, run_id: str, reason: str, actor: Actor, *, children: bool = False) -> None:
    """Stop a run, everything open in it, its unsent messages and its links; with ``children`` also the runs that it waits
    for, each in a transaction of its own. Raises ReasonMissing, NotFound, AlreadyDone."""
    raise NotImplementedError
