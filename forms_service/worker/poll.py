"""The poller's loop: sweep, ring, sleep. Two pollers do no harm; none costs only time."""

from __future__ import annotations

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.calendar import Calendar
from forms_service.engine.dispatch import dispatch
from forms_service.engine.process import is_dead
from forms_service.engine.runtime import Runtime
from forms_service.engine.sweep import sweep

EVERY = 1.0
"""Seconds between two looks."""

log = logging.getLogger(__name__)


def poll_once(rt: Runtime, calendar: Calendar | None = None) -> int:
    """Take back what is lost, start what its day has come for, and ring for what is due; how much was done."""
    started = calendar.look(rt) if calendar else 0
    return sweep(rt, is_dead) + started + dispatch(rt)


def poll_forever(rt: Runtime, stop: threading.Event, every: float = EVERY) -> None:
    """Poll until told to stop; a database that is away is waited for."""
    calendar = Calendar()
    while not stop.is_set():
        try:
            poll_once(rt, calendar)
        except SQLAlchemyError as error:
            log.warning("the database cannot be reached: %s", type(error).__name__)
        stop.wait(every)
