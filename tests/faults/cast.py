"""Processes for a test to kill, forked from a server that has everything loaded: one more costs milliseconds."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import random
import resource
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.claim import claim
from forms_service.engine.crash import choose_crash_points
from forms_service.engine.process import identity
from forms_service.engine.runtime import Bell
from forms_service.engine.verbs import VERBS
from forms_service.supervision.leash import PR_SET_PDEATHSIG, leash
from forms_service.worker.bell import RqBell, connect
from forms_service.worker.jobs import put_to_work
from forms_service.worker.poll import poll_forever
from forms_service.worker.serve import work_forever
from tests.faults.people import Scenario, borrow, press_start
from tests.faults.sabotage import SABOTAGE
from tests.faults.solo import Solo
from tests.faults.town import ListBell, Site, open_town, town_files

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
    Solo(open_town(site), plan).play()


def play_on_a_full_disk(site: Site, fate: Fate, plan: Scenario, limit: int) -> None:
    """The same, while no file can grow beyond ``limit`` bytes; gives up after some refusals."""
    _begin(fate)
    solo = Solo(open_town(site), plan)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    for _ in range(3):
        try:
            solo.play()
        except SQLAlchemyError:
            continue


def work(site: Site, fate: Fate) -> None:
    """A worker like ``forms-service worker``."""
    _begin(fate)
    work_forever(open_town(site, bell_of(site)), connect(site.valkey, answer_within=None))


def poll(site: Site, fate: Fate) -> None:
    """A poller like ``forms-service poller``, a little more eager."""
    _begin(fate)
    poll_forever(open_town(site, bell_of(site)), threading.Event(), POLL_EVERY)


def work_for_a_parent(site: Site, fate: Fate, leashed: bool) -> None:
    """A process that has started a worker and watches over it, as ``forms-service up`` does."""
    tie = leash() if leashed else lambda: None
    child = os.fork()
    if child == 0:
        tie()
        work(site, fate)
        os._exit(0)
    (site.folder / "orphan").write_text(str(child), encoding="ascii")
    signal.pause()


def press_again_and_again(site: Site, fate: Fate, said: Connection) -> None:
    """A web process with busy people: it says each nonce when the page says that it is in safe hands."""
    _begin(fate)
    solo = Solo(open_town(site), ())
    put_to_work(solo.rt)
    for number in count():
        start = borrow(f"busy-{number}", "errand")
        press_start(solo.rt, start)
        said.send(start)
        solo.machines()


def claim_all(site: Site, fate: Fate, step_ids: Sequence[str], gate: Barrier, won: Connection) -> None:
    """Claim each of the steps unless somebody else was first; says which it got."""
    _begin(fate)
    rt = open_town(site)
    gate.wait()
    got = []
    for step_id in step_ids:
        with rt.database.writing() as session:
            if claim(rt, session, step_id, identity(), lambda verb: VERBS[verb].freeze):
                got.append(step_id)
    won.send(got)


def press_all(site: Site, fate: Fate, plan: Scenario) -> None:
    """A web process that takes in everything that people send."""
    _begin(fate)
    rt = open_town(site, bell_of(site))
    for start in plan:
        press_start(rt, start)


def bell_of(site: Site) -> Bell:
    """The doorbell, with or without a stutter."""
    if not site.valkey:
        return ListBell()
    bell = RqBell(connect(site.valkey))
    return Stutter(bell) if site.stutters else bell


RINGS = "rings"


@dataclass(slots=True)
class Stutter:
    """A doorbell that rings twice, late, and in another order than it was pressed."""

    bell: RqBell
    kept: list[tuple[str, str, int]] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(os.getpid()))

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return self._ring(("step", step_id, dispatch_no))

    def ring_message(self, message_id: str) -> bool:
        return self._ring(("message", message_id, 0))

    def room(self) -> int:
        return 20

    def answers(self) -> bool:
        return self.bell.answers()

    def unheard(self) -> int | None:
        return self.bell.unheard()

    def _ring(self, ring: tuple[str, str, int]) -> bool:
        self.kept += [ring] * 3
        self.dice.shuffle(self.kept)
        while len(self.kept) > 12 or (self.kept and self.dice.random() < 0.6):
            kind, row_id, number = self.kept.pop()
            self.bell.connection.incr(RINGS)
            _ = self.bell.ring_step(row_id, number) if kind == "step" else self.bell.ring_message(row_id)
        return True


def _begin(fate: Fate) -> None:
    """Nobody survives the tests, and nobody talks while they run."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
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


def a_gate(parties: int) -> Barrier:
    return _nursery().Barrier(parties)


def a_pipe() -> tuple[Connection, Connection]:
    """For reading, for writing."""
    return _nursery().Pipe(duplex=False)


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

    def signal(self, process: BaseProcess, number: signal.Signals) -> None:
        assert process.pid is not None
        os.kill(process.pid, number)

    def end(self) -> None:
        for process in self.alive:
            if process.pid is not None:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
        for process in self.alive:
            process.join(10)
        self.alive.clear()


def is_stopped(process: BaseProcess) -> bool:
    try:
        stat = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):  # gone before, or between opening and reading
        return False
    return stat.rpartition(")")[2].split()[0] == "T"


def wait_until(what: Callable[[], bool], seconds: float = 30.0, pause: float = 0.005) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(pause)


def warm() -> None:
    """What every process of the town needs, read once in the server that they are forked from."""
    town_files()
