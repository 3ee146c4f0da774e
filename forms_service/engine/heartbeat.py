"""Signs of life: a worker says that it lives, and keeps the lease of a step that takes long."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.runtime import Runtime
from forms_service.storage.insert import insert_if_new
from forms_service.storage.runs import StepRow, WorkerRow

BEATS_A_LEASE = 4

log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What a process is that has a heart."""

    WORKER = "worker"
    POLLER = "poller"


def beat(rt: Runtime, worker: str, kind: Kind = Kind.WORKER) -> None:
    """One sign of life. A step that was taken over meanwhile has another token, and stays whose it is."""
    now, held = rt.clock.now(), rt.heart.held
    at_work = {"step_id": held.step_id, "busy_since": held.since} if held else {"step_id": None, "busy_since": None}
    with rt.database.writing() as session:
        insert_if_new(session, WorkerRow, id=worker, kind=kind, began_at=now, seen_at=now)
        ours = update(WorkerRow).where(WorkerRow.id == worker)
        session.execute(ours.values(seen_at=now, left_at=None, **at_work))
        if held is not None:
            step = update(StepRow).where(StepRow.token == held.token, StepRow.status == "running")
            session.execute(step.values(lease_until=now + rt.lease))


def leave(rt: Runtime, worker: str) -> None:
    """Say goodbye, so that nobody wonders where it is; a database that is away does not hold it back."""
    with suppress(SQLAlchemyError), rt.database.writing() as session:
        ours = update(WorkerRow).where(WorkerRow.id == worker)
        session.execute(ours.values(left_at=rt.clock.now(), step_id=None, busy_since=None))


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
        leave(rt, worker)


def beat_until(rt: Runtime, worker: str, stop: threading.Event) -> None:
    """Beat several times a lease until told to stop; a database that is away is waited for."""
    while not stop.is_set():
        try:
            beat(rt, worker)
        except SQLAlchemyError as error:
            log.warning("the database cannot be reached: %s", type(error).__name__)
        stop.wait(rt.lease.total_seconds() / BEATS_A_LEASE)
