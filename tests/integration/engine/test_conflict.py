"""Two transactions that take two rows in opposite orders: one is broken, done again, and both come through."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from forms_service.storage.conflict import TRIES, done_again_after_conflict
from forms_service.storage.people import PersonRow
from tests.integration.engine.conftest import Desk


def test_two_that_lock_each_other_out_both_come_through(desk: Desk) -> None:
    both_have_one = threading.Barrier(2, timeout=20)
    first_try = threading.local()
    tries: list[str] = []

    def rename(mine: str, other: str) -> None:
        tries.append(mine)
        with desk.rt.database.writing() as session:
            session.execute(update(PersonRow).where(PersonRow.id == mine).values(phone=mine))
            if not desk.rt.database.is_sqlite and not getattr(first_try, "over", False):
                first_try.over = True
                both_have_one.wait()
            session.execute(update(PersonRow).where(PersonRow.id == other).values(phone=mine))

    def go(mine: str, other: str) -> None:
        done_again_after_conflict(lambda: rename(mine, other))

    threads = [threading.Thread(target=go, args=pair) for pair in (("reader-1", "head-1"), ("head-1", "reader-1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    phones = {person.phone for person in desk.rows(PersonRow) if person.id in {"reader-1", "head-1"}}
    assert len(phones) == 1
    assert len(tries) == 2 if desk.rt.database.is_sqlite else len(tries) > 2


def test_any_other_error_is_told_at_once(desk: Desk) -> None:
    tries: list[int] = []

    def wrong() -> None:
        tries.append(1)
        with desk.rt.database.writing() as session:
            session.connection().exec_driver_sql("SELECT nonsense FROM nowhere")

    with pytest.raises(DBAPIError):
        done_again_after_conflict(wrong)
    assert len(tries) == 1 < TRIES
