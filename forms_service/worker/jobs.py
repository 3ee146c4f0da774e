"""The job functions. Nothing leaves them but ids: what goes wrong is kept in the database, not in Valkey."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import timedelta

from forms_service.engine.crash import crash_point
from forms_service.engine.deliver import deliver
from forms_service.engine.dispatch import dispatch_steps
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.work import work, work_next

log = logging.getLogger(__name__)

AWAKE = timedelta(seconds=5)
"""How long a worker that is awake looks for other due steps by itself, before it listens for the bell again."""

_at_work: list[Runtime] = []


def put_to_work(rt: Runtime) -> None:
    """Say once per process which runtime its jobs use: RQ can pass ids, not things."""
    _at_work[:] = [rt]


def run_step(step_id: str, dispatch_no: int) -> None:
    """Take a step and those that follow, send the messages they wrote, and go on with other steps that are due.

    A ring wakes a worker; one that is awake need not be rung for, which would take as long as some steps.
    """

    def go(rt: Runtime) -> None:
        crash_point("step_heard")
        until = rt.clock.now() + AWAKE
        messages: Iterable[str] | None = work(rt, step_id, identity())
        while messages is not None:
            crash_point("step_over")
            for message_id in messages:
                deliver(rt, message_id, identity())
            messages = work_next(rt, identity()) if rt.clock.now() < until else None
        dispatch_steps(rt, rt.bell.room())

    _guard(f"step {step_id}, ring {dispatch_no}", go)


def deliver_message(message_id: str) -> None:
    """Send one message."""
    _guard(f"message {message_id}", lambda rt: _deliver(rt, message_id))


def _deliver(rt: Runtime, message_id: str) -> None:
    deliver(rt, message_id, identity())


def _guard(what: str, go: Callable[[Runtime], None]) -> None:
    """RQ keeps the words of an error that reaches it; the words may be somebody's, so only the places are logged."""
    try:
        go(_at_work[0])
    except Exception as error:  # noqa: BLE001 - the row is still claimed; the sweeper takes it back and counts
        places = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s: %s\n%s", what, type(error).__name__, places)  # noqa: TRY400 - see above
