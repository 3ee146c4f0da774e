"""The bare parts of the spine, measured on their own in the same run: an RQ no-op, a render, an SMTP send."""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import redis
from rq import Queue
from rq.serializers import JSONSerializer

from tests.bench.figures import Seconds

Act = Callable[[], object]

QUEUE = "bench"
DONE = "bench:done"


def no_op(url: str) -> None:
    """The job that does nothing but say so."""
    redis.Redis.from_url(url).lpush(DONE, "1")


@contextmanager
def rq_no_op(url: str) -> Iterator[Act]:
    """From enqueue to done, through a worker that RQ itself started and that keeps no fork either."""
    connection = redis.Redis.from_url(url)
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)

    def round_trip() -> None:
        queue.enqueue_call("tests.bench.peers.no_op", args=(url,), result_ttl=0)
        connection.blpop([DONE])

    with _rq_worker(url):
        round_trip()
        yield round_trip


@contextmanager
def _rq_worker(url: str) -> Iterator[None]:
    command = [sys.executable, "-m", "rq.cli", "worker", QUEUE, "-u", url, "-w", "rq.SimpleWorker", "-S"]
    command += ["rq.serializers.JSONSerializer", "-q"]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "."}) as worker:
        try:
            yield
        finally:
            worker.terminate()


def bare_render(html: str, style: Path | None) -> Act:
    """WeasyPrint as its documentation says, in a process that has loaded it; with a style sheet or with none."""
    from weasyprint import HTML  # noqa: PLC0415 - slow to load

    def render() -> None:
        HTML(string=html, base_url=str(style)).write_pdf(stylesheets=[str(style)] if style else None)

    render()
    return render


def bare_send(port: int) -> Act:
    """One e-mail over a connection of its own."""
    return lambda: _send(port)


def _send(port: int) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "a@example.org", "b@example.org", "Bench", "<bare>"
    mail.set_content("One line.")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(mail)


def timed(act: Act) -> Seconds:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
