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

QUEUE = "bench"
DONE = "bench:done"


def no_op(url: str) -> None:
    """The job that does nothing but say so."""
    redis.Redis.from_url(url).lpush(DONE, "1")


def rq_no_op(url: str, times: int) -> list[Seconds]:
    """From enqueue to done, through a worker that RQ itself started and that keeps no fork either."""
    connection = redis.Redis.from_url(url)
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)

    def round_trip() -> None:
        queue.enqueue_call("tests.bench.peers.no_op", args=(url,), result_ttl=0)
        connection.blpop([DONE])

    with _rq_worker(url):
        round_trip()
        return [timed(round_trip) for _ in range(times)]


@contextmanager
def _rq_worker(url: str) -> Iterator[None]:
    command = [sys.executable, "-m", "rq.cli", "worker", QUEUE, "-u", url, "-w", "rq.SimpleWorker", "-S"]
    command += ["rq.serializers.JSONSerializer", "-q"]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "."}) as worker:
        try:
            yield
        finally:
            worker.terminate()


def bare_render(html: str, style: Path | None, times: int) -> list[Seconds]:
    """WeasyPrint as its documentation says, in a process that has loaded it; with a style sheet or with none."""
    from weasyprint import HTML  # noqa: PLC0415 - slow to load

    def render() -> bytes | None:
        pdf: bytes | None = HTML(string=html, base_url=str(style)).write_pdf(
            stylesheets=[str(style)] if style else None
        )
        return pdf

    render()
    return [timed(render) for _ in range(times)]


def bare_send(port: int, times: int) -> list[Seconds]:
    """One e-mail over a connection of its own."""
    return [timed(lambda: _send(port)) for _ in range(times)]


def _send(port: int) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "a@example.org", "b@example.org", "Bench", "<bare>"
    mail.set_content("One line.")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(mail)


def timed(act: Callable[[], object]) -> Seconds:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
