"""The whole service as real processes: started, hurt, stopped."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest
import redis

from forms_service.supervision.valkey import socket_of, url_of

CHECKOUT = Path(__file__).parents[3]
PATIENCE = 90.0
"""Seconds; a first start on a busy machine fills the demo too."""


class Up:
    """One running ``forms-service up`` with all that it prints."""

    def __init__(self, instance: Path, port: int, *arguments: str, **given: str) -> None:
        self.instance, self.port = instance, port
        self.log = instance.parent / f"up-{time.monotonic_ns()}.log"
        environment = {key: value for key, value in os.environ.items() if not key.startswith("FORMS_")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "forms_service", "up", "--instance", str(instance), *arguments],
                env={**environment, "FORMS_PORT": str(port), **given},
                cwd=CHECKOUT,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def has_said(self, words: str) -> bool:
        return words in self.said()

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        return "Ready: http://127.0.0.1" in self.said() and self.get("/readyz") == 200

    def get(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def family(self) -> list[psutil.Process]:
        family: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return family

    def part(self, name: str) -> list[psutil.Process]:
        """The part itself, not the processes that it made."""
        family = [process for process in self.family() if name in command(process)]
        return [process for process in family if name not in command(process.parent())]

    def kill(self, part: str) -> None:
        """As soon as it is there."""
        wait_until(lambda: self.part(part))
        self.part(part)[0].kill()

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


def command(process: psutil.Process | None) -> list[str]:
    """Empty for one that is ending."""
    try:
        return process.cmdline() if process else []
    except psutil.Error:
        return []


def wait_until(is_so: Callable[[], object], seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def workers_listen(instance: Path) -> int:
    """How many workers have said that they are there."""
    with redis.Redis.from_url(url_of(instance)) as client:
        return int(client.scard("rq:workers"))


def are_gone(processes: list[psutil.Process]) -> bool:
    return not [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """Paths with spaces have broken more than one thing."""
    return tmp_path / "an instance"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def up(instance: Path, port: int) -> Iterator[Callable[..., Up]]:
    started: list[Up] = []

    def start(*arguments: str, **given: str) -> Up:
        started.append(Up(instance, port, *arguments, **given))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            family = each.family()
            each.process.kill()
            for process in family:
                if process.is_running():
                    process.kill()
        each.process.wait()


def test_an_empty_folder_becomes_a_demo_that_stops_without_a_trace_and_starts_again(up):
    first = up("--demo")
    wait_until(first.is_ready)
    said = first.said()
    assert re.search(r"coordinator +Anders Myrvoll, Kari Fjellanger", said)
    assert f"Ready: http://127.0.0.1:{first.port}" in said
    wait_until(partial(workers_listen, first.instance))
    family = first.family()
    assert first.stop(signal.SIGINT) == 0
    assert are_gone(family)
    assert first.said().endswith("Stopped.\n")
    assert "Traceback" not in first.said()
    assert "starting it again" not in first.said()

    second = up("--demo")
    wait_until(second.is_ready)
    assert "Filling the demo" not in second.said()
    family = second.family()
    assert second.stop(signal.SIGTERM) == 0
    assert are_gone(family)


def test_parts_that_die_come_back(up):
    service = up()
    wait_until(service.is_ready)
    assert "Sign in as" not in service.said()
    for part in ("worker", "poller", "web"):
        service.kill(part)
        wait_until(partial(service.has_said, f"{part} ended (killed by SIGKILL); starting it again in 0.5 s"))
    (valkey,) = [process for process in service.family() if "valkey-server" in " ".join(command(process))]
    valkey.kill()
    wait_until(lambda: service.said().count("starting it again") == 4)
    wait_until(service.is_ready)
    wait_until(lambda: all(service.part(part) for part in ("worker", "poller", "web")))


def test_nothing_stays_behind_when_up_itself_is_killed(up):
    service = up()
    wait_until(service.is_ready)
    wait_until(lambda: service.part("worker") and service.part("poller"))
    family = service.family()
    assert len(family) >= 4
    service.process.kill()
    service.process.wait()
    wait_until(lambda: are_gone(family))
    assert service.get("/healthz") == 0


def test_a_second_up_on_the_same_folder_is_refused_and_hurts_nobody(up):
    first = up()
    wait_until(first.is_ready)
    second = up()
    assert second.process.wait(PATIENCE) == 1
    assert "runs on" in second.said()
    assert f"process {first.process.pid}" in second.said()
    assert first.is_ready()


def test_a_port_in_use_is_said_before_anything_is_started(up, port, instance):
    with socket.create_server(("127.0.0.1", port)):
        refused = up()
        assert refused.process.wait(PATIENCE) == 1
    assert f"FORMS_PORT={port + 1}" in refused.said()
    assert not socket_of(instance).exists()


def test_what_the_service_writes_is_for_its_owner_only(up, instance):
    service = up()
    wait_until(service.is_ready)
    service.stop()
    open_to_others = [path for path in (instance, *instance.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_with_servers_of_its_own_nothing_embedded_is_started(up, instance, postgresql_url, valkey, smtp):
    service = up(FORMS_DATABASE_URL=postgresql_url, FORMS_REDIS_URL=valkey, FORMS_SMTP_URL=smtp.url)
    wait_until(service.is_ready)
    wait_until(lambda: service.part("worker") and service.part("poller"))
    assert not [process for process in service.family() if "valkey-server" in " ".join(command(process))]
    assert sorted(path.name for path in instance.iterdir()) == ["secret_key", "up.lock"]


def test_a_broken_workflow_is_said_in_words_and_nothing_goes_on(up, tmp_path):
    workflows = tmp_path / "workflows"
    shutil.copytree(CHECKOUT / "workflows", workflows)
    (workflows / "broken.yaml").write_text("workflow: broken\ntitle: Brutt\nsteps:\n  - {id: one, maek: thing}\n")
    service = up(FORMS_WORKFLOWS=str(workflows))
    family = service.family()
    assert service.process.wait(PATIENCE) == 1
    assert "broken.yaml:4:" in service.said()
    assert "Traceback" not in service.said()
    assert are_gone(family)
