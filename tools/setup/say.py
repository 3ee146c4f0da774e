"""Tell the person at the terminal what is going on, in plain words."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LOG = Path(".cache/setup.log")
STILL = 15.0
"""Seconds of silence after which a long step says that it goes on."""
TAIL = 25


class SetupFailed(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what begins, that it still goes on, and how long it took."""
    say(f"  {title} …")
    began = time.monotonic()
    ended = threading.Event()
    thread = threading.Thread(target=_go_on_saying, args=(title, began, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    say(f"  {title}: done in {time.monotonic() - began:.0f} s")


def _go_on_saying(title: str, began: float, ended: threading.Event) -> None:
    while not ended.wait(STILL):
        say(f"  {title}: still at it after {time.monotonic() - began:.0f} s")


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run quietly, into the log. Raises SetupFailed with the end of what was printed."""
    LOG.parent.mkdir(exist_ok=True)
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False,
    )  # fmt: skip
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-TAIL:])
        raise SetupFailed(f"This command failed: {' '.join(command)}\n{tail}\nAll of it is in {LOG}.")


def warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
