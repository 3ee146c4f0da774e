"""A whole service of real processes, and a real browser to walk through it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.fixtures.machine import NEEDS, need
from tests.fixtures.mail import Mailbox

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class House:
    """``forms-service up`` on an instance of its own, with the demo's people."""

    address: str
    environment: dict[str, str]
    log: Path
    pid: int

    def command(self, *words: str) -> str:
        """Run a sub-command of forms-service on this instance; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "forms_service", *words],
            env=self.environment, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    def parts(self, word: str) -> list[int]:
        """Pids of the processes below this one whose command line holds a word."""
        return [pid for pid in _descendants(self.pid) if word in _command_line(pid)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need("Chromium")
    assert "Chromium" in NEEDS
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def house(tmp_path: Path, smtp: Mailbox) -> Iterator[House]:
    """A service of this test alone, with a mail server."""
    with open_house(tmp_path, FORMS_SMTP_URL=smtp.url) as house:
        yield house


@pytest.fixture(scope="session")
def open_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests that only look; its messages become files."""
    with open_house(tmp_path_factory.mktemp("open_day")) as house:
        yield house


@contextmanager
def open_house(folder: Path, **settings: str) -> Iterator[House]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FORMS_INSTANCE": str(folder / "instance"),
        "FORMS_DEMO": "true",
        "FORMS_PORT": str(_free_port()),
        **settings,
    }
    log = folder / "up.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "forms_service", "up"]
        up = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)
        try:
            house = House(f"http://127.0.0.1:{environment['FORMS_PORT']}", environment, log, up.pid)
            _wait_until_ready(house, up)
            yield house
        finally:
            up.send_signal(signal.SIGINT)
            up.wait(timeout=30)


def _descendants(pid: int) -> list[int]:
    below = [int(p) for f in Path(f"/proc/{pid}/task").glob("*/children") for p in _read(f).split()]
    return below + [deeper for child in below for deeper in _descendants(child)]


def _command_line(pid: int) -> str:
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _read(file: Path) -> str:
    """Nothing of a process that ends while we look."""
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_until_ready(house: House, up: subprocess.Popen[bytes]) -> None:
    for _ in range(1500):
        assert up.poll() is None, house.log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(f"{house.address}/readyz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(house.log.read_text(encoding="utf-8"))
