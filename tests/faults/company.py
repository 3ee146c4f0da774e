"""Everybody at work as in a real service: workers, pollers and a doorbell, each a process that can be killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError

from forms_service.engine.runtime import Runtime
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import StepRow
from forms_service.supervision.child import Child
from forms_service.supervision.valkey import url_of, valkey, wait_for
from forms_service.worker.bell import RqBell, connect
from tests.faults.cast import Fate, Part, poll, work
from tests.faults.home import Home
from tests.faults.people import Scenario, answer_what_is_due, retry_what_stopped, start_what_is_due
from tests.faults.solo import Solo
from tests.faults.town import Site

TOO_MANY = 300
"""Deaths in one round."""

SPEED = 20.0
"""Seconds of the town in a second of the machine: a ring that was lost is rung again after 1.5 s."""


@dataclass(slots=True)
class Doorbell:
    """The embedded Valkey of ``forms-service up``, in the hands of a test."""

    folder: Path
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.child = Child(valkey(self.folder))
        self.start()

    @property
    def url(self) -> str:
        return url_of(self.folder)

    def start(self) -> None:
        """Empty, as after every start."""
        self.child.start()
        wait_for(self.folder)

    def kill(self) -> None:
        assert self.child.process is not None
        self.child.process.kill()
        self.child.process.wait()

    def signal(self, number: signal.Signals) -> None:
        assert self.child.process is not None
        os.kill(self.child.process.pid, number)


@dataclass(slots=True)
class Company:
    """The processes of one town, and its people, who are the test itself."""

    home: Home
    bell: Doorbell
    site: Site
    rt: Runtime
    staff: list[tuple[Part, BaseProcess]] = field(default_factory=list)
    kills: int = 0

    def hire(self, part: Part, fate: Fate | None = None) -> BaseProcess:
        process = self.home.cast.start(part, self.site, fate or Fate())
        self.staff.append((part, process))
        return process

    def open(self, workers: int = 2, pollers: int = 1) -> None:
        for _ in range(workers):
            self.hire(work)
        for _ in range(pollers):
            self.hire(poll)

    def kill(self, process: BaseProcess) -> None:
        self.home.cast.kill(process)
        self.staff = [(part, other) for part, other in self.staff if other is not process]
        self.kills += 1

    def kill_one(self) -> None:
        """Somebody dies, and another comes, as ``forms-service up`` would see to."""
        part, process = self.home.dice.choice(self.staff)
        self.kill(process)
        self.hire(part)

    def kill_all(self) -> None:
        for _, process in list(self.staff):
            self.kill(process)

    def tend(self) -> None:
        """Whoever has died by itself is replaced, as ``forms-service up`` does."""
        for part, process in list(self.staff):
            if not process.is_alive():
                self.staff.remove((part, process))
                self.hire(part)
                self.kills += 1
                assert self.kills < TOO_MANY, "processes die as soon as they are started"

    def play(
        self,
        plan: Scenario,
        mischief: Callable[[], object] | None = None,
        seconds: float = 120.0,
        *,
        retries: bool = True,
    ) -> None:
        """Until nothing is left to do; ``mischief`` is done again and again while there is.

        ``retries``: an administrator tries again what stopped because its workers died.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if mischief is not None:
                mischief()
            self.tend()
            try:
                if not self._turn(plan, retries):
                    return
            except SQLAlchemyError:  # people whose page fails come back
                time.sleep(0.05)
        raise AssertionError(f"not over in time: {self.left()}")

    def _turn(self, plan: Scenario, retries: bool) -> bool:
        """Whether anything is left to do."""
        if start_what_is_due(self.rt, plan):
            return True
        if self.is_busy():  # an answer that comes before the letter about it would cancel the letter
            time.sleep(0.03)
            return True
        acted = (retries and retry_what_stopped(self.rt)) or answer_what_is_due(self.rt)
        return bool(acted) or Solo(self.rt, plan).let_time_pass()

    def is_busy(self) -> bool:
        return bool(self.left())

    def left(self) -> list[str]:
        """What machines have to do now."""
        now = self.rt.clock.now()
        due = select(StepRow.path).where(
            or_(StepRow.status == "running", (StepRow.status == "ready") & (StepRow.due_at <= now))
        )
        letters = select(MessageRow.message).where(
            or_(MessageRow.status == "sending", (MessageRow.status == "created") & (MessageRow.due_at <= now))
        )
        with self.rt.database.reading() as session:
            return [*session.scalars(due), *session.scalars(letters)]

    def begin_again(self) -> None:
        """Another round; the processes stay."""
        self.home.begin_again()
        self.kills = 0
        self.home.clock.set(self.home.clock.now(), SPEED)

    def account(self, plan: Scenario, **known: object) -> None:
        self.home.account(plan, kills=self.kills, **known)


@contextmanager
def company_of(home: Home, **changes: object) -> Iterator[Company]:
    """A company without staff; ``changes`` are fields of the site."""
    bell = Doorbell(home.site.folder)
    site = replace(home.site, **{"valkey": bell.url, "lease": 60.0 * SPEED, **changes})  # type: ignore[arg-type]
    rt = replace(home.rt, bell=RqBell(connect(bell.url)))
    company = Company(home, bell, site, rt)
    try:
        yield company
    finally:
        home.cast.end()
        bell.signal(signal.SIGCONT)
        bell.kill()
