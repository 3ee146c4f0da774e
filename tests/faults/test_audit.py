"""The auditor is audited: everything that it must find is planted once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from forms_service.storage.database import Database, open_database
from forms_service.storage.migrate import prepare
from forms_service.storage.outbox import MessageRow
from tests.faults.audit import Claimed, Kind, audit
from tests.faults.home import how_it_should_go
from tests.faults.ledger import Ledger
from tests.faults.people import Scenario, borrow, mend
from tests.faults.solo import Solo
from tests.faults.town import BEGINNING, Drawer, Site, open_town, settle_people

PLAN: Scenario = (borrow("a", "errand"), mend("r"))

PLANTED = [
    ("DELETE FROM document WHERE id IN (SELECT id FROM document LIMIT 1)", Kind.LOST),
    ("UPDATE document SET name = id, step_id = (SELECT min(step_id) FROM document)", Kind.TWICE),
    ("UPDATE message SET status = 'created'", Kind.LOST),
    ("UPDATE message SET status = 'failed'", Kind.HIDDEN),
    ("UPDATE message SET status = 'sending', lease_until = NULL", Kind.LEASE),
    ("DELETE FROM message", Kind.LOST),
    ("DELETE FROM event WHERE number = 2", Kind.GAP),
    ("UPDATE run SET last_event = last_event + 1", Kind.GAP),
    ("UPDATE event SET kind = 'run_ended' WHERE kind = 'done'", Kind.TWICE),
    ("UPDATE step SET status = 'running' WHERE verb = 'make'", Kind.LEASE),
    ("UPDATE step SET token = 't' WHERE verb = 'make'", Kind.LEASE),
    ("UPDATE step SET status = 'waiting' WHERE verb = 'ask'", Kind.LOST),
    ("UPDATE run SET status = 'active'", Kind.LOST),
    ("UPDATE run SET outcome = 'otherwise'", Kind.LOST),
    ("UPDATE counter SET value = value + 1 WHERE name LIKE 'moves:%'", Kind.TWICE),
    ("UPDATE counter SET value = value - 1 WHERE name LIKE 'moves:%'", Kind.LOST),
    ("DELETE FROM submission WHERE step_id IS NULL", Kind.LOST),
    ("DELETE FROM step WHERE verb = 'make'", Kind.ORPHAN),
    ("UPDATE step SET status = 'ready' WHERE verb = 'end'", Kind.LOST),
    ("UPDATE run SET start_key = start_key || 'x'", Kind.TWICE),
]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Claimed]:
    """A town in which everything has gone well, and what is true of it."""
    folder = tmp_path_factory.mktemp("played")
    site = Site(f"sqlite:///{folder}/forms.db", folder)
    site.clock.set(BEGINNING)
    database = open_database(site.database)
    prepare(database)
    database.close()
    drawer = Drawer()
    rt = open_town(site, post=drawer)
    settle_people(rt)
    Solo(rt, PLAN).play()
    now = rt.clock.now()
    rt.database.close()
    return folder, Claimed(now, Counter(drawer.sent), how_it_should_go(PLAN), ["reader-1:a", "librarian-1:r"])


@pytest.fixture
def copy(played: tuple[Path, Claimed], tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{shutil.copy(played[0] / 'forms.db', tmp_path)}")
    yield database
    database.close()


def plant(database: Database, wrong: str) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN")
        assert connection.exec_driver_sql(wrong).rowcount
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN")


def test_nothing_is_found_where_everything_went_well(copy: Database, played: tuple[Path, Claimed]) -> None:
    assert audit(copy, played[1]) == []


@pytest.mark.parametrize(("wrong", "kind"), PLANTED, ids=[wrong for wrong, _ in PLANTED])
def test_what_is_wrong_is_found(copy: Database, played: tuple[Path, Claimed], wrong: str, kind: Kind) -> None:
    plant(copy, wrong)
    assert kind in {violation.kind for violation in audit(copy, played[1])}


def letters(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(MessageRow.message_id)))


def test_a_letter_that_was_received_twice_is_found(copy: Database, played: tuple[Path, Claimed]) -> None:
    twice = replace(played[1], received=Counter(letters(copy) * 2))
    assert {violation.kind for violation in audit(copy, twice)} == {Kind.TWICE}


def test_a_letter_that_a_person_has_sent_again_may_come_twice(copy: Database, played: tuple[Path, Claimed]) -> None:
    again = replace(played[1], received=Counter(letters(copy) * 2), sent_again=frozenset(letters(copy)))
    assert audit(copy, again) == []


def test_a_letter_that_never_arrived_is_found(copy: Database, played: tuple[Path, Claimed]) -> None:
    assert {violation.kind for violation in audit(copy, replace(played[1], received=Counter()))} == {Kind.LOST}


def test_a_letter_that_nobody_wrote_is_found(copy: Database, played: tuple[Path, Claimed]) -> None:
    received = Counter([*letters(copy), "<somebody@example.org>"])
    assert {violation.kind for violation in audit(copy, replace(played[1], received=received))} == {Kind.ORPHAN}


def test_a_letter_in_doubt_is_no_violation(copy: Database, played: tuple[Path, Claimed]) -> None:
    plant(copy, "UPDATE message SET status = 'unknown'")
    assert audit(copy, replace(played[1], received=Counter())) == []


def test_the_ledger_counts_by_fault_and_database() -> None:
    ledger = Ledger()
    ledger.add("F3", "sqlite", rounds=2, kills=1, unknown_shown=4)
    ledger.take_in(ledger.plain())
    assert ledger.plain()[0] == {
        "fault": "F3", "database": "sqlite", "rounds": 4, "kills": 2, "runs": 0, "lost": 0, "twice": 0,
        "unknown shown": 8, "event gaps": 0, "other": 0, "seconds": 0,
    }  # fmt: skip
    assert "| F3    | sqlite   | 4      |" in ledger.table()
