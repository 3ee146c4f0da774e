"""A whole service that has nothing to do: how much of a processor it takes, and how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import redis

from forms_service.supervision.valkey import url_of
from tests.bench.figures import free_port
from tests.bench.size import Size

ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000
GOAL = 0.01
READY_WITHIN = 120.0
"""Seconds after which a service that is not whole never will be."""
SETTLE = 3.0
"""Seconds after the start that do not count: everything is loaded then."""


def main(size: Size) -> None:
    with _service() as up:
        time.sleep(SETTLE)
        parts = {_name(process): process for process in up.children(recursive=True)} | {"up": up}
        before = {name: _busy(process) for name, process in parts.items()}
        time.sleep(size.idle)
        shares = {name: (_busy(process) - before[name]) / size.idle for name, process in parts.items()}
        for name, process in sorted(parts.items()):
            memory = process.memory_info().rss / MEGABYTE
            print(f"  {name:<16} processor {shares[name]:7.2%}   memory {memory:5.0f} MB")
        print(f"  all of it: {sum(shares.values()):.2%} of one processor over {size.idle:.0f} s (goal < {GOAL:.0%})")


@contextmanager
def _service() -> Iterator[psutil.Process]:
    """The demo, as ``forms-service up`` starts it, once its pages answer and all its parts are there."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        settings = {"FORMS_INSTANCE": folder, "FORMS_DEMO": "true", "FORMS_PORT": str(port), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "forms_service", "up"]
        with subprocess.Popen(command, env={**os.environ, **settings}, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            up = psutil.Process(process.pid)
            try:
                _wait_until_whole(up, port, Path(folder))
                yield up
            finally:
                process.terminate()


def _wait_until_whole(up: psutil.Process, port: int, folder: Path) -> None:
    """The worker listens only after it has loaded and tried its press."""
    parts = {"web", "worker", "poller", "valkey"}
    give_up = time.monotonic() + READY_WITHIN
    while not (_answers(port) and parts <= set(map(_kind, up.children())) and _listens(folder)):
        if time.monotonic() > give_up:
            raise TimeoutError(f"not whole after {READY_WITHIN:.0f} s: {sorted(map(_kind, up.children()))}")
        time.sleep(0.1)


def _listens(folder: Path) -> bool:
    return bool(redis.Redis.from_url(url_of(folder)).scard("rq:workers"))


def _answers(port: int) -> bool:
    address = f"http://127.0.0.1:{port}/healthz"
    with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=2) as answer:
        return bool(answer.status == 200)
    return False


def _kind(process: psutil.Process) -> str:
    """Valkey writes its command anew, as one text: where its path has a space, no word of it is its name."""
    words = process.cmdline()
    if "valkey-server" in " ".join(words):
        return "valkey"
    return words[3] if len(words) > 3 else ""


def _name(process: psutil.Process) -> str:
    return f"{_kind(process)} {process.pid}"


def _busy(process: psutil.Process) -> float:
    """Seconds of a processor that a process has used so far."""
    used = process.cpu_times()
    return float(used.user + used.system)
