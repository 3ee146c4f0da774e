"""Workflows that start by themselves on a day, and series whose rounds are missed or overlap."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from forms_service.engine.calendar import AT_A_TIME, Calendar
from forms_service.engine.service import Subject
from forms_service.engine.submit import start_with_button
from forms_service.storage.database import Database
from forms_service.storage.runs import EventRow, RunRow, StepRow
from tests.integration.engine.conftest import BOOK, Desk, open_desk
from tests.integration.engine.loan import LIBRARIAN

FORM = """
form: seen
title: Seen
sections:
  - {title: Seen, fields: [{name: good, label: Good, type: yes_no}]}
"""
STEPS = "steps:\n  - {id: look, ask: librarian, form: seen}\n"


def shop(database: Database, folder: Path, head: str, key: str = "inspection") -> Desk:
    text = f"workflow: {key}\ntitle: {key}\n{head}\n{STEPS}"
    return open_desk(database, folder, {"forms/seen.yaml": FORM, f"{key}.yaml": text})


def runs(desk: Desk) -> list[RunRow]:
    return [run for run in desk.rows(RunRow) if run.workflow == "inspection"]


def rounds(desk: Desk) -> list[int]:
    return sorted(run.round for run in runs(desk) if run.round is not None)


def look(desk: Desk, calendar: Calendar) -> int:
    started = calendar.look(desk.rt)
    desk.work_all()
    return started


def test_a_workflow_starts_by_itself_on_its_day_and_only_once(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, 'start: {on: date("2026-01-20")}')
    calendar = Calendar()
    assert look(desk, calendar) == 0
    desk.clock.move(timedelta(days=4, hours=14))  # the night before, in Oslo
    assert look(desk, calendar) == 1
    assert [run.subject_kind for run in runs(desk)] == [""]
    desk.clock.move(timedelta(days=1))
    assert look(desk, calendar) + look(desk, Calendar()) == 0
    assert len(runs(desk)) == 1


def test_it_starts_once_for_each_subject_however_many_pollers_look(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, "about: book\nstart: {on: case.bought + 1 week}")
    desk.service.known = tuple(Subject("book", f"b{number}") for number in range(20))
    desk.clock.move(timedelta(days=7))
    calendars = [Calendar() for _ in range(4)]
    threads = [threading.Thread(target=calendar.look, args=(desk.rt,)) for calendar in calendars]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(run.subject_id for run in runs(desk)) == sorted(f"b{number}" for number in range(20))


def test_thousands_of_subjects_are_looked_at_a_few_at_a_time(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, "about: book\nstart: {on: case.bought + 1 year}")
    desk.service.known = tuple(Subject("book", f"b{number}") for number in range(AT_A_TIME + 5))
    calendar = Calendar()
    calendar.look(desk.rt)
    assert len(calendar.ahead) == 5
    calendar.look(desk.rt)
    assert len(calendar.ahead) == 0


def test_a_day_before_the_workflow_was_published_starts_nothing(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, 'start: {on: date("2026-01-14")}')
    assert look(desk, Calendar()) == 0


def test_a_day_that_passed_while_the_service_was_off_is_made_up_for(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, 'start: {on: date("2026-01-20")}')
    desk.clock.move(timedelta(days=300))
    assert look(desk, Calendar()) == 1


def test_a_subject_without_the_date_waits_until_it_has_one(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, "about: book\nstart: {on: case.discarded}")
    desk.service.known = (BOOK,)
    assert look(desk, Calendar()) == 0
    desk.service.discarded = date(2026, 1, 15)
    assert look(desk, Calendar()) == 1


def test_a_yearly_series_starts_by_itself_and_its_first_round_is_that_day(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, 'start: {on: date("2026-02-28")}\nrepeat: {every: 1 year, overlap: allow}')
    calendar = Calendar()
    desk.clock.move(timedelta(days=50))
    look(desk, calendar)
    assert rounds(desk) == [0]
    desk.pass_time(days=365)
    assert look(desk, calendar) == 0
    assert rounds(desk) == [0, 1]
    [clock] = [row for row in desk.steps() if row.verb == "repeat" and row.status == "ready"]
    assert clock.due_at == datetime(2028, 2, 27, 23, 0, tzinfo=UTC)


SERIES = "about: book\nstart: {by: [librarian]}\nrepeat: {every: 1 month, from: case.bought, overlap: allow, missed: "


@pytest.mark.parametrize(("missed", "expected"), [("latest", [3]), ("all", [1, 2, 3]), ("none", [])])
def test_rounds_that_were_missed_are_done_as_the_author_says(
    database: Database, tmp_path: Path, missed: str, expected: list[int]
) -> None:
    desk = shop(database, tmp_path, f"{SERIES}{missed}}}")
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    desk.pass_time(days=100)
    assert rounds(desk) == expected
    desk.pass_time(days=20)
    assert rounds(desk) == [*expected, 4]


def test_a_round_that_is_still_under_way_can_be_overlapped_or_not(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, SERIES.replace("allow", "skip") + "latest}")
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    for _ in range(3):
        desk.pass_time(days=31)
    assert rounds(desk) == [1]
    assert [event.kind for event in desk.rows(EventRow)].count("round_skipped") == 2


def test_the_clock_of_a_series_is_no_task_and_waits_asleep(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, SERIES + "latest}")
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    [asleep] = [row for row in desk.rows(StepRow) if row.status == "ready"]
    assert (asleep.verb, asleep.due_at) == ("repeat", datetime(2026, 2, 14, 23, 0, tzinfo=UTC))
