"""Requests that never end, sent to a real server with the service's own kind of worker."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms_service.commands.web.patience import PatientWorker
from forms_service.commands.web.server import Server
from forms_service.settings import read_settings

THREADS = 2
HALF_SENT = {
    "half a line": b"GET / HT",
    "half a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-More: ",
    "half a form": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nname=",
}


class Hasty(PatientWorker):
    """Gives a request one second."""

    whole_request_within = 1.0


def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    options = ["--bind", f"127.0.0.1:{number}", "--threads", str(THREADS), "--log-level", "critical"]
    options += ["--worker-class", f"{__name__}.Hasty", "--no-control-socket", f"{__name__}:answer"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *options], cwd=Path(__file__).parents[3])
    try:
        yield number
    finally:
        server.terminate()
        server.wait(timeout=10)


def ask(port: int, patience: float) -> int:
    """Until the server is up and answers, or patience is over."""
    until = time.monotonic() + patience
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=max(until - time.monotonic(), 0.1))
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.05)
        finally:
            connection.close()


@pytest.mark.parametrize("beginning", HALF_SENT.values(), ids=HALF_SENT.keys())
def test_half_sent_requests_keep_nobody_out_for_long(port: int, beginning: bytes) -> None:
    assert ask(port, 30) == 200
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(THREADS * 2)]
    for each in slow:
        each.sendall(beginning)
    assert ask(port, 15) == 200
    for each in slow:
        each.close()


def test_the_service_has_such_workers(tmp_path: Path) -> None:
    server = Server(read_settings(tmp_path, {}), quiet=True)
    assert server.cfg.worker_class is PatientWorker
    assert 10 <= PatientWorker.whole_request_within <= 15
