"""What each verb does, with time passed in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from forms_service.engine.cancel import cancel_run
from forms_service.engine.links import open_link, token_for
from forms_service.engine.look import run_view
from forms_service.engine.operate.skip import skip_step
from forms_service.engine.service import Actor
from forms_service.engine.submit import answer_task, start_with_button
from forms_service.engine.work import work
from forms_service.errors import LinkNotValid, MoveRefused, RenderFailed
from forms_service.storage.database import Database
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.runs import CounterRow, LinkRow, RunRow, SubmissionRow
from tests.integration.engine.conftest import BOOK, Desk, open_desk
from tests.integration.engine.loan import LIBRARIAN


def lend(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    desk.answer("handed", lent="yes")
    desk.work_all()


def bring_back(desk: Desk) -> None:
    lend(desk)
    desk.pass_time(weeks=3)
    desk.answer("returned", actor=Actor(via="link"), liked="Very much")
    desk.work_all()


def test_a_run_makes_its_document_and_its_message_and_stops_at_the_first_question(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    assert [row.status for row in desk.steps() if row.path in {"counted", "slip", "told"}] == ["done"] * 3
    assert [row.name for row in desk.rows(DocumentRow)] == ["slip"]
    assert [mail.recipient for mail in desk.post.sent] == ["reader@example.org"]
    assert desk.step("handed").status == "waiting"


def test_a_document_lies_in_the_inbox_of_the_one_it_was_sent_to(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    assert [row.person_id for row in desk.rows(DeliveryRow)] == ["reader-1"]


def test_an_internal_answer_reaches_neither_document_nor_message(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    with desk.rt.database.reading() as session:
        pdf = session.get_one(DocumentRow, desk.rows(DocumentRow)[0].id).pdf
    assert b"Sult" in pdf
    assert b"MARK-INTERNAL" not in pdf
    assert all("MARK-INTERNAL" not in mail.body + mail.subject for mail in desk.post.sent)
    assert "MARK-INTERNAL" not in str(desk.step("slip").input)


def test_a_second_attempt_prints_the_same_bytes(desk: Desk) -> None:
    desk.press.trouble = RenderFailed()
    desk.borrow()
    desk.work_all()
    frozen = desk.step("slip").input
    desk.press.trouble = None
    desk.pass_time(seconds=3)
    assert desk.step("slip").input == frozen
    assert desk.rows(DocumentRow)[0].number == frozen["number"]


def test_a_step_that_always_fails_becomes_an_incident_and_holds_nobody_up(desk: Desk) -> None:
    desk.press.trouble = RenderFailed()
    desk.borrow()
    for _ in range(6):
        desk.pass_time(minutes=5)
    assert desk.press.printed == 5
    assert desk.step("slip").status == "incident"
    assert desk.step("slip").problem.startswith("render_failed")
    desk.press.trouble = None
    desk.borrow(nonce="n2")
    desk.work_all()
    assert len(desk.rows(DocumentRow)) == 1


def test_an_incident_goes_on_when_somebody_retries_it(desk: Desk) -> None:
    from forms_service.engine.operate.retry import retry_steps  # noqa: PLC0415

    del desk.service.addresses["reader"]
    desk.borrow()
    desk.work_all()
    assert desk.step("told").problem.startswith("recipient_missing")
    desk.service.addresses["reader"] = "reader@example.org"
    assert retry_steps(desk.rt, [desk.step("told").id], LIBRARIAN) == 1
    desk.work_all()
    assert desk.step("handed").status == "waiting"


def test_a_task_has_a_due_date_and_reminds_its_holder_until_it_is_done(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    assert desk.step("handed").late_at == desk.clock.now() + timedelta(days=2)
    desk.pass_time(days=1)
    assert [mail.recipient for mail in desk.post.sent] == ["reader@example.org", "desk@example.org"]
    desk.answer("handed", lent="yes")
    desk.pass_time(days=2)
    assert len(desk.post.sent) == 2
    assert desk.step("handed/late").status == "cancelled"


def test_a_late_task_is_given_to_somebody_else(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    desk.pass_time(days=3)
    assert desk.step("handed").role == "head"


def test_a_wait_lasts_as_long_as_it_says(desk: Desk) -> None:
    lend(desk)
    desk.pass_time(days=20)
    assert not [row for row in desk.steps() if row.path == "returned"]
    desk.pass_time(days=1)
    assert desk.step("returned").status == "waiting"


def test_an_invitation_carries_a_link_that_the_outbox_does_not_show(desk: Desk) -> None:
    lend(desk)
    desk.pass_time(weeks=3)
    token = token_for(desk.rt, desk.rows(LinkRow)[0].id)
    assert token in desk.post.sent[-1].body
    assert all(token not in row.body for row in desk.rows(MessageRow))


def test_a_link_opens_its_task_once(desk: Desk) -> None:
    lend(desk)
    desk.pass_time(weeks=3)
    token = token_for(desk.rt, desk.rows(LinkRow)[0].id)
    with desk.rt.database.reading() as session:
        link = open_link(desk.rt, session, token)
    answer_task(desk.rt, link.step_id, "l1", {"liked": None}, Actor(via="link"))
    with desk.rt.database.reading() as session, pytest.raises(LinkNotValid):
        open_link(desk.rt, session, token)


@pytest.mark.parametrize("forged", ["", "x", "abc.def", "ImFiYyI.forged"])
def test_a_forged_link_opens_nothing(desk: Desk, forged: str) -> None:
    with desk.rt.database.reading() as session, pytest.raises(LinkNotValid):
        open_link(desk.rt, session, forged)


def test_an_old_link_opens_nothing(desk: Desk) -> None:
    lend(desk)
    desk.pass_time(weeks=3)
    token = token_for(desk.rt, desk.rows(LinkRow)[0].id)
    desk.pass_time(days=90)
    with desk.rt.database.reading() as session, pytest.raises(LinkNotValid):
        open_link(desk.rt, session, token)


def test_without_a_release_nothing_is_sent_and_a_task_says_why(desk: Desk) -> None:
    desk.service.released = False
    sent_before = 2
    bring_back(desk)
    assert desk.step("shared").result == {"sent": False}
    assert desk.step("shared/held").status == "waiting"
    assert len([row for row in desk.rows(DeliveryRow) if row.person_id == "head-1"]) == 0
    assert len(desk.post.sent) == sent_before


def test_a_missing_release_holds_the_paper_and_not_the_run(desk: Desk) -> None:
    desk.service.released = False
    bring_back(desk)
    assert desk.rows(RunRow)[0].outcome == "returned"
    assert desk.step("shared/held").late_at is not None


def test_a_held_sending_goes_out_when_the_release_is_in_place(desk: Desk) -> None:
    desk.service.released = False
    bring_back(desk)
    desk.answer("shared/held", nonce="h1", outcome="try_again")
    desk.work_all()
    assert [row.visit for row in desk.steps() if row.path == "shared/held"] == [1, 2]
    desk.service.released = True
    desk.answer("shared/held", nonce="h2", outcome="try_again")
    desk.work_all()
    assert [row.person_id for row in desk.rows(DeliveryRow)] == ["reader-1", "head-1"]
    assert desk.rows(RunRow)[0].outcome == "returned"


def test_a_held_sending_can_be_left_out(desk: Desk) -> None:
    desk.service.released = False
    bring_back(desk)
    desk.answer("shared/held", nonce="h1", outcome="drop")
    desk.work_all()
    desk.work_all()
    assert [row.path for row in desk.steps() if row.path == "shared/again"] == []


def test_a_move_that_is_refused_at_once_is_told_to_whoever_asked_for_it_and_nothing_has_happened(desk: Desk) -> None:
    desk.service.refused = "in_use"
    start_with_button(desk.rt, "discard", "d1", BOOK, LIBRARIAN)
    with pytest.raises(MoveRefused, match="in_use"):
        desk.answer("confirm", nonce="n", lent="no")
    assert [(row.path, row.status) for row in desk.steps()] == [("confirm", "waiting")]
    assert len(desk.rows(SubmissionRow)) == 1
    desk.service.refused = ""
    desk.answer("confirm", nonce="n", lent="yes")
    assert desk.step("gone").status == "done"


def test_a_start_form_whose_move_is_refused_starts_nothing(desk: Desk) -> None:
    desk.service.refused = "closed_today"
    with pytest.raises(MoveRefused, match="closed_today"):
        desk.borrow()
    assert [*desk.rows(RunRow), *desk.rows(SubmissionRow)] == []


LATER = """
workflow: later
title: Gone after its slip is printed
about: book
start: {by: [librarian]}
steps:
  - {id: confirm, ask: librarian, form: handed}
  - {id: slip, make: notice}
  - {id: gone, do: discard, from: confirm}
"""
NOTICE = {
    "documents/notice/document.yaml": "document: notice\ntitle: Notice\nopen_to: [head]\nuses: [confirm.lent]\n",
    "documents/notice/document.html": "<p>{{ confirm.lent }}</p>",
}


def test_a_move_that_is_refused_later_is_asked_for_again_with_the_reason(database: Database, tmp_path: Path) -> None:
    desk = open_desk(database, tmp_path, {"later.yaml": LATER, **NOTICE})
    start_with_button(desk.rt, "later", "d1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="no")
    desk.service.refused = "in_use"
    desk.work_all()
    again = desk.step("confirm")
    assert (again.visit, again.status, again.problem) == (2, "waiting", "move_refused: in_use")
    desk.service.refused = ""
    desk.answer("confirm", nonce="better", lent="yes")
    desk.work_all()
    assert [(row.visit, row.status) for row in desk.steps() if row.path == "gone"] == [(1, "cancelled"), (2, "done")]
    assert desk.rows(RunRow)[0].status == "ended"


def test_a_refused_move_without_a_question_behind_it_is_an_incident(database: Database, tmp_path: Path) -> None:
    later = LATER.replace("later", "stock").replace(", from: confirm", "").replace("discard", "count")
    desk = open_desk(database, tmp_path, {"stock.yaml": later, **NOTICE})
    start_with_button(desk.rt, "stock", "d1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="no")
    desk.service.refused = "closed_today"
    desk.work_all()
    assert (desk.step("gone").status, desk.step("gone").problem) == ("incident", "move_refused: closed_today")


def test_somebody_who_is_silenced_gets_nothing_more_and_is_asked_nothing_more(desk: Desk) -> None:
    start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="yes")
    desk.work_all()
    desk.pass_time(days=190)
    start_with_button(desk.rt, "discard", "d1", BOOK, LIBRARIAN)
    desk.service.silent = True
    desk.answer("confirm", nonce="gone", lent="yes")
    desk.work_all()
    open_rows = [row for row in desk.steps() if row.status in {"waiting", "ready", "running"}]
    assert open_rows == []
    assert sorted(run.status for run in desk.rows(RunRow)) == ["cancelled", "cancelled", "ended", "ended"]


def test_a_run_that_is_cancelled_while_a_step_works_goes_no_further(desk: Desk) -> None:
    desk.borrow()

    class Unlucky:
        def warm(self) -> None:
            return None

        def render(self, document: object, data: object, stamp: object) -> bytes:
            with desk.rt.database.writing() as session:
                run = session.scalars(select(RunRow)).one()
                cancel_run(session, run.id, "stopped", desk.clock.now())
            return b"too late"

    [(_, step_id)] = desk.bell.rings
    desk.bell.rings.clear()
    assert work(replace(desk.rt, press=Unlucky()), step_id, "w1") == ()
    desk.pass_time(hours=1)
    assert desk.rows(DocumentRow) == []
    assert desk.post.sent == []
    assert desk.rows(RunRow)[0].status == "cancelled"


def test_a_second_start_about_the_same_thing_finds_the_one_under_way(desk: Desk) -> None:
    first = start_with_button(desk.rt, "discard", "d1", BOOK, LIBRARIAN)
    second = start_with_button(desk.rt, "discard", "d2", BOOK, Actor("head-1", "head"))
    assert (second.run_id, second.created) == (first.run_id, False)
    desk.answer("confirm", lent="yes")
    desk.work_all()
    assert start_with_button(desk.rt, "discard", "d1", BOOK, LIBRARIAN).run_id == first.run_id
    assert start_with_button(desk.rt, "discard", "d3", BOOK, LIBRARIAN).run_id != first.run_id


def test_eight_starts_about_the_same_thing_at_once_give_one_run(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        starts = pool.map(lambda n: start_with_button(desk.rt, "discard", f"d{n}", BOOK, LIBRARIAN), range(8))
        assert len({receipt.run_id for receipt in starts}) == 1


def test_after_a_long_sleep_one_reminder_is_enough(desk: Desk) -> None:
    lend(desk)
    desk.pass_time(weeks=3)
    sent = len(desk.post.sent)
    desk.pass_time(days=6)
    assert len(desk.post.sent) == sent + 1


def test_rounds_fall_due_counted_from_the_anchor(desk: Desk) -> None:
    desk.service.bought = date(2026, 1, 10)
    start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="yes")
    desk.work_all()
    assert desk.step("repeat").due_at.date() == date(2026, 7, 9)
    desk.pass_time(days=177)
    desk.answer("look", lent="yes")
    desk.work_all()
    assert [run.round for run in desk.rows(RunRow) if run.round] == [1]
    assert desk.step("repeat").due_at.date() == date(2027, 1, 9)


def test_after_a_long_sleep_only_the_latest_round_is_held(desk: Desk) -> None:
    start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="yes")
    desk.work_all()
    desk.pass_time(days=3 * 365)
    assert [run.round for run in desk.rows(RunRow) if run.round] == [5]


def test_a_round_is_skipped_while_the_one_before_is_under_way(desk: Desk) -> None:
    start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="yes")
    desk.work_all()
    desk.pass_time(days=190)
    desk.pass_time(days=190)
    assert [run.round for run in desk.rows(RunRow) if run.round] == [1]


def test_rounds_and_their_clock_stop_when_their_time_is_over(desk: Desk) -> None:
    start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="yes")
    desk.work_all()
    desk.pass_time(days=190)
    start_with_button(desk.rt, "discard", "d1", BOOK, LIBRARIAN)
    desk.answer("confirm", nonce="gone", lent="yes")
    desk.work_all()
    assert desk.step("look").status == "cancelled"
    assert desk.step("repeat").status == "cancelled"
    desk.pass_time(days=400)
    assert len([run for run in desk.rows(RunRow) if run.round]) == 1


def test_a_move_happens_once_for_one_step(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    desk.pass_time(seconds=120)
    assert {row.name: row.value for row in desk.rows(CounterRow)}["moves:count"] == 1


def test_a_run_can_be_looked_at_with_what_it_made(desk: Desk) -> None:
    receipt = desk.borrow()
    desk.work_all()
    with desk.rt.database.reading() as session:
        view = run_view(desk.rt, session, receipt.run_id)
    named = {step.path: step for step in view.steps}
    assert view.title == "Book loan"
    assert named["slip"].title == "Slip"
    assert named["slip"].documents[0].name == "slip"
    assert named["told"].messages[0].status == "sent"
    assert named["handed/remind/1"].status == "sleeping"
    assert view.machine_is_done


def test_a_document_knows_the_words_of_an_answer_and_not_only_its_code(desk: Desk) -> None:
    desk.borrow(urgent="yes")
    desk.work_all()
    assert desk.step("slip").input["data"] == {"book": "Sult", "shelf": None, "urgent": "yes", "urgent_label": "Ja"}


def test_a_worker_that_slept_past_its_lease_adds_nothing_to_what_another_has_done(desk: Desk) -> None:
    """A zombie: stopped while rendering, overtaken, and awake again."""
    desk.borrow()
    fresh = desk.press

    class Sleepy:
        def warm(self) -> None:
            return None

        def render(self, document: object, data: object, stamp: object) -> bytes:
            desk.clock.move(timedelta(minutes=10))
            desk.work_all()
            return b"too late"

    [(_, step_id)] = desk.bell.rings
    desk.bell.rings.clear()
    work(replace(desk.rt, press=Sleepy()), step_id, "zombie")
    desk.work_all()
    assert fresh.printed == 1
    assert len(desk.rows(DocumentRow)) == 1
    assert len(desk.post.sent) == 1
    assert desk.step("handed").status == "waiting"


BETWEEN = """
workflow: between
title: What lies between an answer and its move
about: book
start: {by: [librarian]}
steps:
  - {id: confirm, ask: librarian, form: handed}
  - id: both
    together:
      - [{id: slip, make: notice}, {id: gone, do: discard, from: confirm}]
      - [{id: look, ask: head, form: handed}]
  - end: over
"""


def test_what_lies_between_an_answer_and_its_refused_move_is_not_done_again(database: Database, tmp_path: Path) -> None:
    desk = open_desk(database, tmp_path, {"between.yaml": BETWEEN, **NOTICE})
    start_with_button(desk.rt, "between", "d1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="no")
    desk.service.refused = "in_use"
    desk.work_all()
    desk.service.refused = ""
    desk.answer("confirm", nonce="better", lent="yes")
    desk.work_all()
    assert len(desk.rows(DocumentRow)) == 1
    assert [row.path for row in desk.steps()].count("both") == 1
    desk.answer("look", lent="yes")
    assert desk.rows(RunRow)[0].outcome == "over"


def test_a_refused_move_goes_the_way_that_its_author_wrote(database: Database, tmp_path: Path) -> None:
    later = LATER.replace("from: confirm}", "from: confirm, failed: [{id: help, ask: head, form: handed}]}")
    desk = open_desk(database, tmp_path, {"later.yaml": later, **NOTICE})
    start_with_button(desk.rt, "later", "d1", BOOK, LIBRARIAN)
    desk.answer("confirm", lent="no")
    desk.service.refused = "in_use"
    desk.work_all()
    assert [row.path for row in desk.steps() if row.status == "waiting"] == ["help"]


def test_of_two_reminders_that_are_due_the_later_one_speaks_whoever_is_first(desk: Desk) -> None:
    lend(desk)
    desk.pass_time(weeks=3)
    sent = len(desk.post.sent)
    desk.clock.move(timedelta(days=5))
    for path in ("returned/remind/2", "returned/remind/1"):
        work(desk.rt, desk.step(path).id, "w1")
    desk.work_all()
    assert len(desk.post.sent) == sent + 1


def test_a_paper_that_was_never_made_is_named(database: Database, tmp_path: Path) -> None:
    desk = open_desk(database, tmp_path)
    desk.borrow()
    desk.press.trouble = RenderFailed("x")
    desk.work_all()
    skip_step(desk.rt, desk.step("slip").id, "no paper", LIBRARIAN)
    desk.work_all()
    assert (desk.step("told").status, desk.step("told").problem) == ("incident", 'missing_value: "slip" has no value.')
