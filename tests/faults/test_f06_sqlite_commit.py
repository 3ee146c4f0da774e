"""F6: a process is killed while it commits to SQLite; the file and its journal are copied and opened elsewhere."""

from __future__ import annotations

import shutil
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from forms_service.storage.database import open_database
from tests.faults.audit import Claimed, Violation, audit
from tests.faults.cast import NONE, a_pipe, press_again_and_again
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import Start

ROUNDS = 1000

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def said_until_killed(home: Home, seconds: float) -> list[Start]:
    """What people were told is in safe hands before the process died."""
    listens, tells = a_pipe()
    busy = home.cast.start(press_again_and_again, home.site, NONE, tells)
    tells.close()
    said = [listens.recv()]
    time.sleep(seconds)
    home.cast.kill(busy)
    return said + _rest(listens)


def _rest(listens: Connection) -> list[Start]:
    said = []
    try:
        while True:
            said.append(listens.recv())
    except (EOFError, OSError):
        return said


def copied(home: Home, folder: Path) -> str:
    """The file and its journal, without the index that the dead process has left in memory."""
    folder.mkdir(exist_ok=True)
    source = home.site.folder / "forms.db"
    for name in ("forms.db", "forms.db-wal"):
        shutil.copyfile(source.with_name(name), folder / name)
    (folder / "forms.db-shm").unlink(missing_ok=True)
    return f"sqlite:///{folder / 'forms.db'}"


def look_at(url: str, home: Home, said: list[Start]) -> list[Violation]:
    database = open_database(url)
    with database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    nonces = [f"{start.actor.person_id}:{start.nonce}" for start in said]
    found = audit(database, Claimed(home.clock.now(), submitted=nonces, at_rest=False))
    database.close()
    return found


def test_what_was_said_to_be_kept_is_in_the_copy_and_nothing_is_half_done(
    home: Home, times: Times, tmp_path: Path
) -> None:
    for _ in range(times(ROUNDS)):
        home.begin_again()
        said = said_until_killed(home, home.dice.uniform(0, 0.08))
        found = look_at(copied(home, tmp_path / "copy"), home, said)
        home.ledger.add(home.fault, home.engine, rounds=1, kills=1, runs=len(said))
        home.ledger.find(home.fault, home.engine, found)
        assert not found, "\n".join(map(str, found))


def test_the_copy_goes_on_where_the_dead_process_stopped(home: Home, times: Times) -> None:
    for _ in range(times(ROUNDS // 20)):
        home.begin_again()
        said = said_until_killed(home, home.dice.uniform(0, 0.08))
        home.solo(tuple(said)).play()
        home.account(tuple(said), kills=1, expected=None)
