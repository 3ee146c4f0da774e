"""F11: the disk is full. Nothing is half done, and everything goes on when there is room again."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.faults.audit import Kind, Violation
from tests.faults.cast import NONE, play_on_a_full_disk
from tests.faults.company import Company, company_of
from tests.faults.conftest import Times
from tests.faults.home import Home, open_home
from tests.faults.ledger import Ledger
from tests.faults.people import Scenario, borrow, start_what_is_due
from tests.faults.postgresql import Server, own_server
from tests.fixtures.mail import Mailbox

ROUNDS = 50
THICK = 1_000_000
"""Bytes of a document in this test."""

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def thick(name: str, papers: int) -> Scenario:
    """Errands with thick documents, two each."""
    return tuple(borrow(f"{name}-{n}", "errand", title="Thick") for n in range(papers // 2))


@ON_SQLITE
def test_when_the_database_may_not_grow_nothing_is_half_done(home: Home, times: Times) -> None:
    """SQLite's own limit: the same error as a disk without room, at a page that the test chooses."""
    pages = [2**30]
    event.listen(home.database.engine, "checkout", lambda raw, *_: raw.execute(f"PRAGMA max_page_count={pages[0]}"))
    for number in range(times(ROUNDS)):
        home.begin_again()
        plan = thick(f"f11-{number}", 6)
        with home.database.reading() as session:
            used = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        pages[0] = used + home.dice.randrange(10, 3 * THICK // 4096)
        solo, refused = home.solo(plan), 0
        while refused < 3:
            try:
                solo.play()
                break
            except OperationalError:
                refused += 1
        assert not half_done(home, plan)
        pages[0] = 2**30
        solo.play()
        home.account(plan, expected=None)


@ON_SQLITE
def test_when_no_file_may_grow_nothing_is_half_done(home: Home, times: Times) -> None:
    """The machine's limit: every write beyond it fails, in the database and in its journal."""
    for number in range(times(ROUNDS)):
        home.begin_again()
        plan = thick(f"f11-{number}", 6)
        biggest = max(path.stat().st_size for path in home.site.folder.glob("forms.db*"))
        limit = biggest + home.dice.randrange(10_000, 3 * THICK)
        starved = home.cast.start(play_on_a_full_disk, home.site, NONE, plan, limit)
        starved.join(60)
        assert not half_done(home, plan)
        home.solo(plan).play()
        home.account(plan, expected=None)


def half_done(home: Home, plan: Scenario) -> list[Violation]:
    """What is wrong, but for leases that ran out meanwhile: without room nobody can write that a step is taken back."""
    return [found for found in home.look(plan, at_rest=False, expected=None) if found.kind is not Kind.LEASE]


def work_without_room(company: Company, server: Server, plan: Scenario) -> None:
    """Files that have come to 20 MB do not grow for a while."""
    server.stop_at_once()
    server.start(longest_file=20_000_000)
    company.open(workers=2)
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < 4.0 or (passed < 60.0 and not company.left()):
        with suppress(OperationalError):  # also while the server comes up
            start_what_is_due(company.rt, plan)
        time.sleep(0.1)
    assert company.left(), "there was room enough"
    server.stop_at_once()
    server.start()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_when_postgresql_has_no_room_nothing_is_half_done(
    tmp_path: Path, smtp: Mailbox, ledger: Ledger, fault: str, seed: str, times: Times, engine: str
) -> None:
    """A server for each round: one whose files have come past the limit before does not start under it."""
    for number in range(times(ROUNDS // 10)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with (
            own_server() as server,
            closing(open_home(server.url, folder, smtp, ledger, fault, f"{seed}-{number}")) as home,
            company_of(home, lease=120.0) as company,
        ):
            company.begin_again()
            plan = thick(f"f11-{number}", 40)
            work_without_room(company, server, plan)
            company.play(plan)
            company.account(plan, expected=None)
            company.kill_all()
