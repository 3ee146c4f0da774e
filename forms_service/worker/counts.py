"""Counting in Redis or Valkey what comes from where. Losing it lets people in, and keeps nobody out."""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass, field

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from forms_service.clock import Clock, RealClock
from forms_service.worker.rest import Rest

ANSWER_WITHIN = 0.25
"""Seconds; somebody waits for a page meanwhile."""

REST = 5.0
"""Seconds for which a server that did not answer is not asked again."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ValkeyCounts:
    """One number for each key and span. Keys are kept as a keyed hash: an address is somebody's."""

    connection: redis.Redis
    secret: str
    clock: Clock = field(default_factory=RealClock)
    rest: Rest = field(default_factory=lambda: Rest(REST))

    def count(self, key: str, seconds: int) -> int:
        if self.rest.lasts():
            return 0
        name = self._name(key, int(self.clock.now().timestamp()) // seconds)
        try:
            with self.connection.pipeline(transaction=False) as pipe:
                pipe.incr(name)
                pipe.expire(name, seconds)
                return int(pipe.execute()[0])
        except redis.RedisError as error:
            log.warning("nothing is counted: %s", type(error).__name__)
            self.rest.begin()
            return 0

    def _name(self, key: str, span: int) -> str:
        hidden = hmac.new(self.secret.encode(), key.encode(), hashlib.sha256).hexdigest()
        return f"forms-service:count:{hidden[:32]}:{span}"


def counts_at(url: str, secret: str) -> ValkeyCounts:
    """Nothing is connected here."""
    patience = {"socket_connect_timeout": ANSWER_WITHIN, "socket_timeout": ANSWER_WITHIN}
    return ValkeyCounts(redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0), **patience), secret)
