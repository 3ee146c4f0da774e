"""Workflows that start by themselves on a day, and series whose rounds are missed or overlap."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from forms_service.engine.calendar import AT_A_TIME, Calendar
from forms_service.engine.operate.cancel import cancel
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.engine.submit import start_with_button
from forms_service.language.working_days import add_working_days
from forms_service.storage.database import Database
from forms_service.storage.runs import EventRow, RunRow, StepRow
from tests.integration.engine.conftest import BOOK, Desk, open_desk
from tests.integration.engine.loan import LIBRARIAN, READER, LoanService

FORM = """
form: seen
title: Seen
sections:
  - {title: Seen, fields: [{name: good, label: Good, type: yes_no}]}
"""
Facts = Callable[[Session, Subject, date], dict[str, object]]
STEPS = "steps:\n  - {id: look, ask: librarian, form: seen}\n"


class Facing:
    """The service with facts of its own."""

    def __init__(self, service: LoanService, facts: Facts) -> None:
        self.service, self.facts = service, facts

    def __getattr__(self, name: str) -> object:
        return getattr(self.service, name)


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
    assert len(calendar.ahead) == 6  # five books, and the drafts that are too old
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


def test_a_round_whose_anchor_is_put_right_is_not_lost(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, SERIES.replace("1 month", "6 months") + "latest}")
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    desk.work_all()
    desk.service.bought = date(2026, 2, 15)
    desk.pass_time(days=190)
    assert rounds(desk) == []
    desk.pass_time(days=30)
    assert rounds(desk) == [1]


def test_a_series_goes_on_until_its_day_and_not_only_until_the_day_is_known(database: Database, tmp_path: Path) -> None:
    head = SERIES.replace("from: case.bought", 'from: case.bought, until: date("2026-04-01")') + "latest}"
    desk = shop(database, tmp_path, head)
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    for _ in range(6):
        desk.pass_time(days=31)
    assert rounds(desk) == [1, 2]
    assert [run.outcome for run in runs(desk) if run.round is None] == ["over"]


def test_what_lay_before_a_series_began_was_not_missed(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, SERIES + "all}")
    desk.service.bought = date(2016, 1, 15)
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    desk.work_all()
    assert rounds(desk) == [120]


def test_a_series_of_working_days_from_a_long_time_ago_finds_its_round_at_once(
    database: Database, tmp_path: Path
) -> None:
    desk = shop(database, tmp_path, SERIES.replace("1 month", "1 working day") + "latest}")
    desk.service.bought = date(1990, 1, 2)
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    desk.work_all()
    [number] = rounds(desk)
    assert add_working_days(date(1990, 1, 2), number) == date(2026, 1, 15)


def test_the_button_and_the_calendar_make_one_run(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, 'about: book\nstart: {by: [librarian], on: date("2026-01-15")}')
    desk.service.known = (BOOK,)
    started: list[Callable[[], object]] = [lambda: Calendar().look(desk.rt)] * 4
    started += [lambda: start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)] * 4
    threads = [threading.Thread(target=each) for each in started]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs(desk)) == 1


def test_what_somebody_has_stopped_does_not_start_again_by_itself(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, 'about: book\nstart: {on: date("2026-01-15")}')
    desk.service.known = (BOOK,)
    look(desk, Calendar())
    cancel(desk.rt, runs(desk)[0].id, "not needed", LIBRARIAN)
    assert look(desk, Calendar()) == 0


def test_runs_about_nothing_are_not_shared(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, "start: {by: [librarian, reader]}")
    start_with_button(desk.rt, "inspection", "n1", NO_SUBJECT, LIBRARIAN)
    start_with_button(desk.rt, "inspection", "n1", NO_SUBJECT, READER)
    start_with_button(desk.rt, "inspection", "n1", NO_SUBJECT, READER)
    assert len(runs(desk)) == 2


def test_a_pause_that_speaks_of_today_ends_with_the_day(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, 'about: book\nstart: {by: [librarian]}\npause: {while: today < date("2026-02-01")}')
    calendar = Calendar()
    start_with_button(desk.rt, "inspection", "n1", BOOK, LIBRARIAN)
    assert [run.status for run in runs(desk)] == ["paused"]
    desk.clock.move(timedelta(days=16))
    look(desk, calendar)
    assert [run.status for run in runs(desk)] == ["paused"]
    desk.clock.move(timedelta(days=1))
    look(desk, calendar)
    assert [run.status for run in runs(desk)] == ["active"]


def test_one_thing_that_cannot_be_looked_at_keeps_no_other_from_its_day(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, "about: book\nstart: {on: case.bought}")
    desk.service.known = (Subject("book", "bad"), BOOK)
    good = desk.service.facts

    def facts(session: Session, subject: Subject, today: date) -> dict[str, object]:
        if subject.id == "bad":
            raise ValueError("a fact of another kind")
        return good(session, subject, today)

    object.__setattr__(desk.rt, "service", Facing(desk.service, facts))
    assert Calendar().look(desk.rt) == 1
