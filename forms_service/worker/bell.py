"""The doorbell: RQ jobs that carry ids only. Losing one costs seconds, never work."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import redis
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE = "forms-service"
STEP_JOB = "forms_service.worker.jobs.run_step"
MESSAGE_JOB = "forms_service.worker.jobs.deliver_message"

JOB_SECONDS = 180
"""A job that takes longer is interrupted; its step counts one failed attempt."""

KEEP_SECONDS = 60
"""How long a ring is worth hearing, and how long RQ remembers one that failed."""

RINGS_A_WORKER = 8
"""How many rings may wait for each worker; the rest waits in the database, where order is an ORDER BY."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RqBell:
    """Rings through RQ."""

    connection: redis.Redis

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return self._ring(STEP_JOB, step_id, dispatch_no)

    def ring_message(self, message_id: str) -> bool:
        return self._ring(MESSAGE_JOB, message_id)

    def room(self) -> int:
        """None while more than half of what the workers may hear still waits: rings come in handfuls, not singly."""
        try:
            with self.connection.pipeline(transaction=False) as pipe:
                pipe.scard("rq:workers")
                pipe.llen(f"rq:queue:{QUEUE}")
                workers, waiting = pipe.execute()
        except redis.RedisError:
            return 0
        most = RINGS_A_WORKER * max(1, int(workers))
        return most - int(waiting) if waiting <= most // 2 else 0

    def answers(self) -> bool:
        try:
            return bool(self.connection.ping())
        except redis.RedisError:
            return False

    def _ring(self, job: str, *args: str | int) -> bool:
        queue = queue_on(self.connection)
        made = queue.create_job(
            job, args=args, timeout=JOB_SECONDS, ttl=KEEP_SECONDS, result_ttl=0, failure_ttl=KEEP_SECONDS
        )
        try:
            with self.connection.pipeline(transaction=False) as pipe:  # one way there and back; RQ alone takes three
                queue.enqueue_job(made, pipeline=pipe)
                pipe.execute()
        except redis.RedisError as error:
            log.warning("the doorbell is silent: %s", type(error).__name__)
            return False
        return True


@dataclass(frozen=True, slots=True)
class NoBell:
    """Where there is no doorbell nothing is rung for; the poller, once there is one, finds it."""

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return False

    def ring_message(self, message_id: str) -> bool:
        return False

    def room(self) -> int:
        return 0

    def answers(self) -> bool:
        return False


def queue_on(connection: redis.Redis) -> Queue:
    return Queue(QUEUE, connection=connection, serializer=JSONSerializer)


def connect(url: str, answer_within: float | None = 1.0) -> redis.Redis:
    """A connection that gives up after some seconds; a worker, which waits for rings, gives None."""
    return redis.Redis.from_url(url, socket_connect_timeout=1.0, socket_timeout=answer_within)
