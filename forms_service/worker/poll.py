"""The poller's loop: sweep, ring, sleep. Two pollers do no harm; none costs only time."""

from __future__ import annotations

import logging
import threading
import traceback
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from forms_service.casework.access.seal import Sealer
from forms_service.engine.calendar import Calendar
from forms_service.engine.dispatch import dispatch
from forms_service.engine.heartbeat import leave
from forms_service.engine.process import identity, is_dead
from forms_service.engine.runtime import Runtime
from forms_service.engine.sweep import sweep
from forms_service.upkeep.digest import Digest
from forms_service.worker.pulse import Pulse

EVERY = 1.0
"""Seconds between two looks."""

log = logging.getLogger(__name__)


class Look(Protocol):
    """Something that is looked at now and then; how much was done."""

    def look(self, rt: Runtime) -> int: ...


def poll_once(rt: Runtime, *others: Look) -> int:
    """Take back what is lost, ring for what is due, and then look at the others; how much was done.

    In this order: what cannot be started keeps nothing from being rung for.
    """
    return sweep(rt, is_dead) + dispatch(rt) + sum(other.look(rt) for other in others)


def poll_forever(rt: Runtime, stop: threading.Event, every: float = EVERY) -> None:
    """Poll until told to stop; a database that is away is waited for, and nothing else ends it either."""
    looks = (Pulse(), Calendar(), Sealer(), Digest())
    while not stop.is_set():
        try:
            poll_once(rt, *looks)
        except SQLAlchemyError as error:
            log.warning("the database cannot be reached: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - what waits for its day shall not wait for somebody to find out
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("a look failed: %s\n%s", type(error).__name__, places)  # noqa: TRY400 - no words
        stop.wait(every)
    leave(rt, identity())
