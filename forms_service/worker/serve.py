"""The worker's loop: hear the bell, do the work, come back when Valkey does."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from types import FrameType

import redis
from rq import SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from forms_service.engine.runtime import Runtime
from forms_service.worker.bell import queue_on
from forms_service.worker.jobs import put_to_work

PAUSE = 1.0
"""Seconds between two tries to reach Valkey."""

log = logging.getLogger(__name__)


class StepWorker(SimpleWorker):
    """Works in its own process: a fork for each step would cost more than most steps.

    A step that takes the process down with it is taken back by the sweeper, which sees at once that it is gone.
    """

    asked_to_stop = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def work_forever(rt: Runtime, connection: redis.Redis) -> None:
    """Work until SIGTERM or SIGINT. RQ gives up when Valkey goes away; this does not."""
    put_to_work(rt)
    rt.press.warm()
    with suppress(StopRequested):  # a signal that comes during the pause
        while not _work_until_stopped(connection):
            time.sleep(PAUSE)


def _work_until_stopped(connection: redis.Redis) -> bool:
    """False when it was Valkey that ended the work."""
    try:
        worker = StepWorker([queue_on(connection)], connection=connection, serializer=JSONSerializer)
        worker.work(logging_level="WARNING")
    except (redis.RedisError, OSError) as error:
        log.warning("Valkey cannot be reached: %s", type(error).__name__)
        return False
    return worker.asked_to_stop
