"""together, each, run with waiting, failed ways and retries: on real tables, with a clock that is moved by hand."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from forms_service.engine.service import NO_SUBJECT
from forms_service.engine.submit import answer_task, start_with_button, start_with_form
from forms_service.engine.work import work
from forms_service.storage.database import Database
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import EventRow, RunRow
from tests.integration.engine.conftest import BOOK, Desk, open_desk
from tests.integration.engine.loan import LIBRARIAN

FORMS = {
    "forms/wish.yaml": """
form: wish
title: Wishes
sections:
  - title: Wishes
    fields:
      - name: books
        label: Books
        type: choices
        choices: {hunger: Hunger, mysteries: Mysteries, pan: Pan}
""",
    "forms/verdict.yaml": """
form: verdict
title: Verdict
sections:
  - title: Verdict
    fields:
      - {name: good, label: Good, type: yes_no}
      - {name: words, label: Words, type: text}
""",
}


def workflow(key: str, steps: str, head: str = "start: {form: wish, by: [librarian]}") -> dict[str, str]:
    return {f"{key}.yaml": f"workflow: {key}\ntitle: {key}\n{head}\nsteps:\n{steps}"}


def shop(database: Database, folder: Path, *workflows: dict[str, str]) -> Desk:
    files = dict(FORMS)
    for each in workflows:
        files |= each
    return open_desk(database, folder, files)


def start(desk: Desk, key: str, books: list[str] | None = None) -> str:
    return start_with_form(desk.rt, key, "n1", {"books": books}, NO_SUBJECT, LIBRARIAN).run_id


def answer(desk: Desk, path: str, good: str = "yes", words: str | None = None) -> None:
    desk.answer(path, good=good, words=words)
    desk.work_all()


def waiting(desk: Desk) -> list[str]:
    return sorted(row.path for row in desk.steps() if row.status == "waiting" and row.verb == "ask")


def run_of(desk: Desk, key: str) -> RunRow:
    return [run for run in desk.rows(RunRow) if run.workflow == key][-1]


LANES = workflow(
    "lanes",
    """
  - id: views
    together:
      - [{id: first, ask: librarian, form: verdict}, {id: second, ask: librarian, form: verdict}]
      - [{id: other, ask: head, form: verdict}]
  - id: both
    choose:
      - when: second.good = "yes" and other.good = "yes"
        steps: [{end: agreed}]
      - otherwise: [{end: not agreed}]
""",
)


def test_lanes_go_side_by_side_and_the_run_goes_on_when_all_have_ended(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, LANES)
    start(desk, "lanes")
    assert waiting(desk) == ["first", "other"]
    answer(desk, "other")
    assert waiting(desk) == ["first"]
    answer(desk, "first")
    assert waiting(desk) == ["second"]
    answer(desk, "second")
    assert (run_of(desk, "lanes").status, run_of(desk, "lanes").outcome) == ("ended", "agreed")


def test_an_end_in_one_lane_ends_the_run_and_closes_the_others(database: Database, tmp_path: Path) -> None:
    lanes = workflow(
        "lanes",
        """
  - id: views
    together:
      - [{id: first, ask: librarian, form: verdict, due: 1 week, remind: [1 day]}]
      - - {id: other, ask: head, form: verdict}
        - id: decided
          choose:
            - {when: other.good = "no", steps: [{end: refused}]}
            - otherwise: continue
  - end: agreed
""",
    )
    desk = shop(database, tmp_path, lanes)
    start(desk, "lanes")
    answer(desk, "other", "no")
    assert run_of(desk, "lanes").outcome == "refused"
    assert {row.path: row.status for row in desk.steps()} | {} == {
        "views": "cancelled",
        "first": "cancelled",
        "first/remind/1": "cancelled",
        "other": "done",
        "decided": "done",
        "end_refused": "done",
    }
    desk.pass_time(days=30)
    assert desk.rows(MessageRow) == []


EACH = workflow(
    "wishes",
    """
  - id: look
    each: books
    as: book
    steps:
      - {id: seen, ask: librarian, title: Look, form: verdict}
      - id: way
        choose:
          - when: seen.good = "no"
            steps: [{id: again, ask: librarian, form: verdict}]
          - otherwise: continue
  - id: sum
    choose:
      - when: '"no" in seen.good'
        steps: [{end: some are bad}]
      - otherwise: [{end: all are good}]
""",
)


def test_a_list_is_gone_through_item_by_item(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, EACH)
    start(desk, "wishes", ["hunger", "pan"])
    assert waiting(desk) == ["seen#1"]
    assert desk.step("seen#1").title == "Look: Hunger"
    answer(desk, "seen#1", "no")
    assert waiting(desk) == ["again#1"]
    answer(desk, "again#1")
    assert waiting(desk) == ["seen#2"]
    assert desk.step("seen#2").title == "Look: Pan"
    answer(desk, "seen#2")
    assert run_of(desk, "wishes").outcome == "some are bad"


def test_an_empty_list_is_passed_at_once(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, EACH)
    start(desk, "wishes", [])
    assert run_of(desk, "wishes").outcome == "all are good"


def test_all_items_at_once_are_waited_for_together(database: Database, tmp_path: Path) -> None:
    desk = shop(
        database, tmp_path, {"wishes.yaml": EACH["wishes.yaml"].replace("as: book", "as: book\n    at_once: true")}
    )
    start(desk, "wishes", ["hunger", "mysteries", "pan"])
    assert waiting(desk) == ["seen#1", "seen#2", "seen#3"]
    for path in ("seen#3", "seen#1"):
        answer(desk, path)
    assert run_of(desk, "wishes").status == "active"
    answer(desk, "seen#2")
    assert run_of(desk, "wishes").outcome == "all are good"


def test_a_list_in_a_list_keeps_its_items_apart(database: Database, tmp_path: Path) -> None:
    nested = workflow(
        "nested",
        """
  - id: outer
    each: books
    as: one
    at_once: true
    steps:
      - id: inner
        each: books
        as: two
        at_once: true
        steps:
          - {id: pair, ask: librarian, form: verdict}
      - id: judged
        choose:
          - when: '"no" in pair.good'
            steps: [{id: talk, ask: head, form: verdict}]
          - otherwise: continue
""",
    )
    desk = shop(database, tmp_path, nested)
    start(desk, "nested", ["hunger", "pan"])
    assert waiting(desk) == ["pair#1.1", "pair#1.2", "pair#2.1", "pair#2.2"]
    answer(desk, "pair#1.1")
    answer(desk, "pair#1.2", "no")
    assert waiting(desk) == ["pair#2.1", "pair#2.2", "talk#1"]
    answer(desk, "pair#2.1")
    answer(desk, "pair#2.2")
    answer(desk, "talk#1")
    assert run_of(desk, "nested").status == "ended"


CHILD = workflow(
    "child",
    """
  - {id: asked, ask: librarian, form: verdict}
  - id: way
    choose:
      - {when: asked.good = "yes", steps: [{end: good}]}
      - otherwise: [{end: bad}]
""",
    "about: book\nstart: {by: [librarian]}",
)
PARENT = workflow(
    "parent",
    """
  - {id: check, run: child, waits: true}
  - id: way
    choose:
      - {when: check.outcome = "good", steps: [{end: kept}]}
      - otherwise: [{end: thrown away}]
""",
    "about: book\nstart: {by: [librarian]}",
)


@pytest.mark.parametrize(("good", "outcome"), [("yes", "kept"), ("no", "thrown away")])
def test_a_run_waits_for_another_and_knows_how_it_ended(
    database: Database, tmp_path: Path, good: str, outcome: str
) -> None:
    desk = shop(database, tmp_path, CHILD, PARENT)
    start_with_button(desk.rt, "parent", "n1", BOOK, LIBRARIAN)
    assert waiting(desk) == ["asked"]
    assert run_of(desk, "parent").status == "active"
    answer(desk, "asked", good)
    assert run_of(desk, "child").status == "ended"
    assert run_of(desk, "parent").outcome == outcome


def test_a_run_that_was_under_way_is_waited_for_and_started_no_second_time(database: Database, tmp_path: Path) -> None:
    desk = shop(database, tmp_path, CHILD, PARENT)
    start_with_button(desk.rt, "child", "n0", BOOK, LIBRARIAN)
    start_with_button(desk.rt, "parent", "n1", BOOK, LIBRARIAN)
    assert len(desk.rows(RunRow)) == 2
    answer(desk, "asked")
    assert run_of(desk, "parent").outcome == "kept"


FAILING = """
  - id: slip
    make: slip
    retry: {times: 2, every: 1 hour}
    failed:
      - {id: help, ask: librarian, form: verdict}
  - end: over
"""
LOAN_START = "start: {form: loan, by: [librarian]}"


def test_a_step_that_has_failed_as_often_as_its_author_allows_goes_the_other_way(
    database: Database, tmp_path: Path
) -> None:
    desk = shop(database, tmp_path, workflow("failing", FAILING, LOAN_START))
    desk.press.trouble = RuntimeError("no paper")
    answers = {"book": "Sult", "shelf": None, "note": None}
    start_with_form(desk.rt, "failing", "n1", answers, NO_SUBJECT, LIBRARIAN)
    desk.work_all()
    assert (desk.step("slip").status, desk.press.printed) == ("ready", 1)
    desk.pass_time(minutes=59)
    assert desk.press.printed == 1
    desk.pass_time(minutes=2)
    assert (desk.step("slip").status, desk.press.printed) == ("failed", 2)
    assert waiting(desk) == ["help"]
    answer(desk, "help")
    assert run_of(desk, "failing").outcome == "over"
    assert desk.rows(DocumentRow) == []


def test_a_failure_that_may_be_passed_over_is_and_stays_visible(database: Database, tmp_path: Path) -> None:
    steps = "  - {id: slip, make: slip, retry: {times: 1}, failed: continue}\n  - end: over\n"
    desk = shop(database, tmp_path, workflow("failing", steps, LOAN_START))
    desk.press.trouble = RuntimeError("no paper")
    answers = {"book": "Sult", "shelf": None, "note": None}
    start_with_form(desk.rt, "failing", "n1", answers, NO_SUBJECT, LIBRARIAN)
    desk.work_all()
    assert run_of(desk, "failing").outcome == "over"
    assert (desk.step("slip").status, desk.step("slip").problem) == ("failed", "error: RuntimeError")
    assert "failed" in [event.kind for event in desk.rows(EventRow)]


def test_whoever_is_away_is_stood_in_for(database: Database, tmp_path: Path) -> None:
    steps = "  - {id: look, ask: librarian, form: verdict, substitute: head, notify: reminder}\n"
    desk = shop(database, tmp_path, workflow("away", steps))
    desk.service.away = frozenset({"librarian"})
    start(desk, "away")
    desk.work_all()
    assert desk.step("look").role == "head"
    assert [message.address for message in desk.rows(MessageRow)] == ["h@example.org"]


def test_hundreds_of_quick_steps_are_not_one_transaction(database: Database, tmp_path: Path) -> None:
    steps = "".join(f"  - {{id: c{number}, do: count}}\n" for number in range(250))
    desk = shop(database, tmp_path, workflow("long", steps))
    run_id = start(desk, "long")
    done = [row for row in desk.steps() if row.status == "done"]
    assert len(done) == 100
    desk.work_all()
    assert run_of(desk, "long").status == "ended"
    assert len({row.path for row in desk.steps() if row.run_id == run_id and row.status == "done"}) == 250


def test_items_that_are_answered_at_the_same_moment_are_counted_once_each(database: Database, tmp_path: Path) -> None:
    at_once = EACH["wishes.yaml"].replace("as: book", "as: book\n    at_once: true")
    desk = shop(database, tmp_path, {"wishes.yaml": at_once})
    start(desk, "wishes", ["hunger", "mysteries", "pan"])
    together = threading.Barrier(3)

    def one(path: str) -> None:
        step_id = desk.step(path).id
        together.wait()
        answer_task(desk.rt, step_id, path, {"good": "yes", "words": None}, LIBRARIAN)

    threads = [threading.Thread(target=one, args=(path,)) for path in waiting(desk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.work_all()
    assert run_of(desk, "wishes").outcome == "all are good"
    assert [row.path for row in desk.steps()].count("sum") == 1


def test_lanes_whose_documents_are_made_by_two_workers_at_once_both_arrive(database: Database, tmp_path: Path) -> None:
    lanes = workflow(
        "papers",
        """
  - id: both
    together:
      - [{id: slip, make: slip}]
      - [{id: copy, make: slip}]
  - end: printed
""",
        LOAN_START,
    )
    desk = shop(database, tmp_path, lanes)
    answers = {"book": "Sult", "shelf": None, "note": None}
    start_with_form(desk.rt, "papers", "n1", answers, NO_SUBJECT, LIBRARIAN)
    rings = [row_id for _, row_id in desk.bell.rings]
    assert len(rings) == 2
    threads = [threading.Thread(target=work, args=(desk.rt, row_id, f"w{row_id}")) for row_id in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.bell.rings.clear()
    desk.work_all()
    assert run_of(desk, "papers").outcome == "printed"
    assert sorted(row.path for row in desk.steps() if row.status == "done") == ["both", "copy", "end_printed", "slip"]
    assert len(desk.rows(DocumentRow)) == 2
