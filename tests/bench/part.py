"""A worker or a poller of the smallest service: python -m tests.bench.part worker|poller DATABASE VALKEY [FOLDER]."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from forms_service.commands.stop import stop_on_signals
from forms_service.worker.bell import connect
from forms_service.worker.poll import poll_forever
from forms_service.worker.serve import work_forever
from tests.bench.shop import open_shop

ROOT = Path(__file__).parents[2]
Process = subprocess.Popen[bytes]


def start(*words: str) -> Process:
    command = [sys.executable, "-m", "tests.bench.part", *words]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


@contextmanager
def running(*words: str) -> Iterator[Process]:
    """The process, until the block ends."""
    with start(*words) as process:
        try:
            yield process
        finally:
            process.terminate()


def wait_for_workers(valkey_url: str, number: int) -> None:
    """Until that many workers listen."""
    connection = redis.Redis.from_url(valkey_url)
    while connection.scard("rq:workers") < number:
        time.sleep(0.01)


def main(name: str, database_url: str, valkey_url: str, folder: str = "") -> None:
    rt = open_shop(database_url, valkey_url, Path(folder) if folder else None)
    if name == "worker":
        work_forever(rt, connect(valkey_url, answer_within=None))
    else:
        poll_forever(rt, stop_on_signals())


if __name__ == "__main__":
    main(*sys.argv[1:])
