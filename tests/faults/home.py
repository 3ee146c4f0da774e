"""Where a fault test lives: the town seen from outside, its processes, its mailbox, its auditor and its counts."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from forms_service.engine.once import scoped
from forms_service.engine.runtime import Runtime
from forms_service.language.files import Files
from forms_service.storage.database import Database, open_database
from forms_service.storage.migrate import prepare
from tests.faults.audit import Claimed, Violation, audit, unknown_letters
from tests.faults.cast import Cast
from tests.faults.ledger import Ledger
from tests.faults.people import Scenario
from tests.faults.solo import Solo
from tests.faults.stories import Story, stories_in
from tests.faults.town import BEGINNING, Site, TownClock, begin_again, open_town, settle_people
from tests.fixtures.mail import Mailbox


@dataclass(slots=True)
class Home:
    """One town during one test."""

    site: Site
    rt: Runtime
    mailbox: Mailbox
    ledger: Ledger
    fault: str
    dice: random.Random
    cast: Cast = field(default_factory=Cast)

    @property
    def database(self) -> Database:
        return self.rt.database

    @property
    def engine(self) -> str:
        return "sqlite" if self.database.is_sqlite else "postgresql"

    @property
    def clock(self) -> TownClock:
        return self.site.clock

    def begin_again(self) -> None:
        """Another round in the same town."""
        begin_again(self.rt)
        self.mailbox.messages.clear()
        self.mailbox.recipients.clear()
        self.mailbox.mend()

    def solo(self, plan: Scenario) -> Solo:
        return Solo(self.rt, plan)

    def received(self) -> Counter[str]:
        return Counter(str(message["Message-ID"]) for message in self.mailbox.messages)

    def look(self, plan: Scenario = (), **known: object) -> list[Violation]:
        """What the auditor says now; ``known`` are fields of Claimed."""
        if plan and "expected" not in known:
            known["expected"] = how_it_should_go(plan, tuple(self.site.files.items()))
        claimed = Claimed(
            now=self.clock.now(),
            received=self.received(),
            submitted=[scoped(start.nonce, start.actor) for start in plan],
        )
        return audit(self.database, replace(claimed, **known))  # type: ignore[arg-type]

    def account(self, plan: Scenario = (), *, kills: int = 0, **known: object) -> None:
        """The end of a round: count it, and fail when the auditor finds anything."""
        found = self.look(plan, **known)
        shown = unknown_letters(self.database)
        self.ledger.add(self.fault, self.engine, rounds=1, kills=kills, runs=len(plan), unknown_shown=shown)
        self.ledger.find(self.fault, self.engine, found)
        assert not found, "\n".join(map(str, found))

    def close(self) -> None:
        self.cast.end()
        self.database.close()


def open_home(database_url: str, folder: Path, smtp: Mailbox, ledger: Ledger, fault: str, seed: str) -> Home:
    site = Site(database_url, folder, smtp.url)
    site.clock.set(BEGINNING)
    rt = open_town(site)
    settle_people(rt)
    return Home(site, rt, smtp, ledger, fault, random.Random(f"{seed} {fault} {database_url.partition(':')[0]}"))


@cache
def how_it_should_go(plan: Scenario, files: tuple[tuple[str, str], ...] = ()) -> Mapping[str, Story]:
    """The same scenario played in one process in which nothing goes wrong."""
    with tempfile.TemporaryDirectory(prefix="forms-story-") as folder:
        site = Site(f"sqlite:///{folder}/forms.db", Path(folder), files=dict(files))
        site.clock.set(BEGINNING)
        database = open_database(site.database)
        prepare(database)
        database.close()
        rt = open_town(site)
        settle_people(rt)
        Solo(rt, plan).play()
        with rt.database.reading() as session:
            told = stories_in(session)
        rt.database.close()
    stopped = [line for story in told.values() for line in story.steps if "incident" in line]
    assert not stopped, f"nothing may go wrong here: {stopped}"
    return told


def with_files(home: Home, files: Files) -> Home:
    """The same town with other definitions."""
    site = replace(home.site, files=files)
    return replace(home, site=site, rt=open_town(site))
