"""Processes for a test to kill, forked from a server that has everything loaded: one more costs milliseconds."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess

from forms_service.engine.crash import choose_crash_points
from forms_service.supervision.leash import leash
from forms_service.worker.bell import RqBell, connect
from forms_service.worker.poll import poll_forever
from forms_service.worker.serve import work_forever
from tests.faults.people import Scenario
from tests.faults.sabotage import SABOTAGE
from tests.faults.solo import Solo
from tests.faults.town import Site, open_town, town_files

POLL_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Fate:
    """What shall happen to a process at a crash point, and which guarantee is taken from it first."""

    point: str = ""
    passes: int = 0
    by: signal.Signals = signal.SIGKILL
    without: str = ""


NONE = Fate()

Part = Callable[..., None]


def play_alone(site: Site, fate: Fate, plan: Scenario) -> None:
    """Everybody in one process, to the end of the scenario."""
    _begin(fate)
    Solo(open_town(site), plan, sweeps=fate.without != "sweeper").play()


def work(site: Site, fate: Fate) -> None:
    """A worker like ``forms-service worker``."""
    _begin(fate)
    work_forever(open_town(site, RqBell(connect(site.valkey))), connect(site.valkey, answer_within=None))


def poll(site: Site, fate: Fate) -> None:
    """A poller like ``forms-service poller``, a little more eager."""
    _begin(fate)
    poll_forever(open_town(site, RqBell(connect(site.valkey))), threading.Event(), POLL_EVERY)


def work_for_a_parent(site: Site, fate: Fate, leashed: bool) -> None:
    """A process that has started a worker and watches over it, as ``forms-service up`` does."""
    tie = leash() if leashed else lambda: None
    if os.fork() == 0:
        tie()
        work(site, fate)
        os._exit(0)
    signal.pause()


def _begin(fate: Fate) -> None:
    logging.disable(logging.CRITICAL)
    if fate.without:
        SABOTAGE[fate.without]()
    if fate.point:
        choose_crash_points(fate.point, passes=fate.passes, by=fate.by)


@cache
def _nursery() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.loaded"])
    return context


@dataclass(slots=True)
class Cast:
    """The processes of one test."""

    alive: list[BaseProcess] = field(default_factory=list)

    def start(self, part: Part, *args: object) -> BaseProcess:
        process = _nursery().Process(target=part, args=args, daemon=True)
        process.start()
        self.alive.append(process)
        return process

    def kill(self, process: BaseProcess, by: signal.Signals = signal.SIGKILL) -> None:
        assert process.pid is not None
        os.kill(process.pid, by)
        process.join(10)
        self.alive.remove(process)

    def end(self) -> None:
        for process in self.alive:
            if process.pid is not None and process.is_alive():
                process.kill()
                os.kill(process.pid, signal.SIGCONT)
        for process in self.alive:
            process.join(10)
        self.alive.clear()


def is_stopped(process: BaseProcess) -> bool:
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 - not a file one keeps
        return stat.read().rpartition(")")[2].split()[0] == "T"


def wait_until(what: Callable[[], bool], seconds: float = 30.0, pause: float = 0.005) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(pause)


def warm() -> None:
    """What every process of the town needs, read once in the server that they are forked from."""
    town_files()
