"""Signs of life: a worker says that it lives, and keeps the lease of a step that takes long."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.runtime import Runtime
from forms_service.storage.insert import insert_if_new
from forms_service.storage.runs import StepRow, WorkerRow

BEATS_A_LEASE = 4

log = logging.getLogger(__name__)


def beat(rt: Runtime, worker: str) -> None:
    """One sign of life. A step that was taken over meanwhile has another token, and stays whose it is."""
    now, token = rt.clock.now(), rt.heart.token
    with rt.database.writing() as session:
        insert_if_new(session, WorkerRow, id=worker, seen_at=now)
        session.execute(update(WorkerRow).where(WorkerRow.id == worker).values(seen_at=now))
        if token is not None:
            ours = update(StepRow).where(StepRow.token == token, StepRow.status == "running")
            session.execute(ours.values(lease_until=now + rt.lease))


@contextmanager
def beating(rt: Runtime, worker: str) -> Iterator[None]:
    """Beat in a thread of its own while the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=beat_until, args=(rt, worker, stop), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def beat_until(rt: Runtime, worker: str, stop: threading.Event) -> None:
    """Beat several times a lease until told to stop; a database that is away is waited for."""
    while not stop.is_set():
        try:
            beat(rt, worker)
        except SQLAlchemyError as error:
            log.warning("the database cannot be reached: %s", type(error).__name__)
        stop.wait(rt.lease.total_seconds() / BEATS_A_LEASE)
