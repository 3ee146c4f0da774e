"""One part of the service as a child process: started, started again, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from forms_service.settings.environment import with_more
from forms_service.supervision.leash import leash

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY = 60.0
"""Seconds after which a part counts as well again."""


@dataclass(frozen=True, slots=True)
class Part:
    """What to start; its environment is added to ours."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Child:
    """A part and its process."""

    part: Part
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    pause: float = FIRST_PAUSE
    start_at: float = 0.0

    def start(self) -> None:
        """In a group of its own, so that Ctrl-C reaches only the parent, which then stops all in order."""
        self.process = subprocess.Popen(
            self.part.command,
            env=with_more(self.part.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=leash(),  # noqa: PLW1509 - the supervisor has no threads
        )
        self.began = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self, now: float) -> str | None:
        """Start again what has ended, each time a little later; the words for what was noticed."""
        if self.is_alive():
            return None
        if self.process is None:
            self._start_when_due(now)
            return None
        status = self.process.returncode
        self.end_group()
        self.process = None
        self.pause = FIRST_PAUSE if now - self.began > STEADY else self.pause
        self.start_at, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)
        return f"{self.part.name} ended ({how(status)}); starting it again in {self.start_at - now:g} s"

    def _start_when_due(self, now: float) -> None:
        if now >= self.start_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for the end until then; whatever of its group is left is killed."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.end_group()

    def end_group(self) -> None:
        """Children of the child must not outlive it."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return


def how(status: int) -> str:
    """``exit status 0`` or ``killed by SIGKILL``."""
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
