"""The doorbell: RQ jobs that carry ids only. Losing one costs seconds, never work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from forms_service.worker.rest import Rest

QUEUE = "forms-service"
STEP_JOB = "forms_service.worker.jobs.run_step"
MESSAGE_JOB = "forms_service.worker.jobs.deliver_message"

JOB_SECONDS = 180
"""A job that takes longer is interrupted; its step counts one failed attempt."""

KEEP_SECONDS = 60
"""How long a ring is worth hearing, and how long RQ remembers one that failed."""

RINGS_A_WORKER = 8
"""How many rings may wait for each worker; the rest waits in the database, where order is an ORDER BY."""

ANSWER_WITHIN = 0.5
"""Seconds. A ring that comes later than this may have been heard: being rung for twice does no harm."""

REST = 2.0
"""Seconds for which a server that did not answer in time is not asked again."""

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RqBell:
    """Rings through RQ. Somebody may wait for a page meanwhile, and a submission rings more than once."""

    connection: redis.Redis
    rest: Rest = field(default_factory=lambda: Rest(REST))

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return self._ring(STEP_JOB, step_id, dispatch_no)

    def ring_message(self, message_id: str) -> bool:
        return self._ring(MESSAGE_JOB, message_id)

    def room(self) -> int:
        """None while more than half of what the workers may hear still waits: rings come in handfuls, not singly."""
        return self._ask(self._room, otherwise=0)

    def answers(self) -> bool:
        return self._ask(lambda: bool(self.connection.ping()), otherwise=False)

    def unheard(self) -> int | None:
        return self._ask(lambda: queue_on(self.connection).count, otherwise=None)

    def _ring(self, job: str, *args: str | int) -> bool:
        heard = self._ask(lambda: self._enqueue(job, args), otherwise=False)
        if not heard:
            log.warning("the doorbell is silent")
        return heard

    def _room(self) -> int:
        with self.connection.pipeline(transaction=False) as pipe:
            pipe.scard("rq:workers")
            pipe.llen(f"rq:queue:{QUEUE}")
            workers, waiting = pipe.execute()
        most = RINGS_A_WORKER * max(1, int(workers))
        return most - int(waiting) if waiting <= most // 2 else 0

    def _enqueue(self, job: str, args: Sequence[str | int]) -> bool:
        queue = queue_on(self.connection)
        made = queue.create_job(
            job, args=tuple(args), timeout=JOB_SECONDS, ttl=KEEP_SECONDS, result_ttl=0, failure_ttl=KEEP_SECONDS
        )
        with self.connection.pipeline(transaction=False) as pipe:  # one way there and back; RQ alone takes three
            queue.enqueue_job(made, pipeline=pipe)
            pipe.execute()
        return True

    def _ask(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        """A server that hangs is waited for once; one that is gone says so at once, and may be back the next moment."""
        if self.rest.lasts():
            return otherwise
        try:
            return question()
        except redis.TimeoutError:
            log.warning("Valkey does not answer")
            self.rest.begin()
            return otherwise
        except redis.RedisError:
            return otherwise


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

    def unheard(self) -> int | None:
        return None


def queue_on(connection: redis.Redis) -> Queue:
    return Queue(QUEUE, connection=connection, serializer=JSONSerializer)


def connect(url: str, answer_within: float | None = ANSWER_WITHIN) -> redis.Redis:
    """A connection that gives up soon, and at the first try; a worker, which waits for rings, gives None."""
    once = Retry(NoBackoff(), 0)
    return redis.Redis.from_url(url, retry=once, socket_connect_timeout=ANSWER_WITHIN, socket_timeout=answer_within)
