"""The worker's loop: hear the bell, do the work, come back when Valkey does."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from types import FrameType

import redis
from redis.client import Pipeline
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import JobTimeoutException
from rq.worker import WorkerStatus

from forms_service.engine.heartbeat import beating
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.worker.bell import queue_on
from forms_service.worker.jobs import put_to_work

PAUSE = 1.0
"""Seconds between two tries to reach Valkey."""

SAY_ALIVE_EVERY = 15.0
"""Seconds between two words to Valkey that this worker lives."""

log = logging.getLogger(__name__)


class StepWorker(SimpleWorker):
    """Works in its own process: a fork for each step would cost more than most steps.

    A step that takes the process down with it is taken back by the sweeper, which sees at once that it is gone.
    RQ's books about jobs (started, finished, failed, how long) are not kept: the steps are the books, and keeping a
    second set took longer than most steps.
    """

    asked_to_stop = False
    said_alive_at = -SAY_ALIVE_EVERY

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Do it, and leave nothing of it in Valkey; a job that was cut off there is forgotten by its ``ttl``."""
        self.set_state(WorkerStatus.BUSY)
        try:
            with self.death_penalty_class(job.timeout, JobTimeoutException, job_id=job.id):
                job.perform()
        except JobTimeoutException:
            log.warning("a job was interrupted just as it ended")
        finally:
            with self.connection.pipeline(transaction=False) as pipe:
                pipe.delete(job.key)
                pipe.lrem(queue.intermediate_queue_key, 1, job.id)
                pipe.execute()
            self.set_state(WorkerStatus.IDLE)

    def set_state(self, state: str, pipeline: Pipeline | None = None) -> None:
        """Only this process needs to know: a worker that is busy when it is told to stop finishes its job first."""
        self._state = state

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """RQ says it three times a job; the word holds for minutes."""
        now = time.monotonic()
        if now - self.said_alive_at >= SAY_ALIVE_EVERY:
            self.said_alive_at = now
            super().heartbeat(timeout, pipeline)

    def check_for_suspension(self, burst: bool) -> None:
        """RQ asks before each job whether somebody has suspended all workers: nobody here does."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def work_forever(rt: Runtime, connection: redis.Redis) -> None:
    """Work until SIGTERM or SIGINT. RQ gives up when Valkey goes away; this does not."""
    put_to_work(rt)
    rt.press.warm()
    with beating(rt, identity()), suppress(StopRequested):  # a signal that comes during the pause
        while not _work_until_stopped(connection):
            time.sleep(PAUSE)


def _work_until_stopped(connection: redis.Redis) -> bool:
    """False when it was Valkey that ended the work."""
    worker = None
    try:
        worker = StepWorker([queue_on(connection)], connection=connection, serializer=JSONSerializer)
        worker.work(logging_level="WARNING")
    except (redis.RedisError, OSError) as error:
        log.warning("Valkey cannot be reached: %s", type(error).__name__)
    return worker is not None and worker.asked_to_stop
