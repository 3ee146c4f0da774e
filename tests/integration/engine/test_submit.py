"""Starting runs and answering tasks: in one transaction, exactly once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from forms_service.engine.dispatch import dispatch
from forms_service.engine.service import Actor
from forms_service.engine.submit import start_with_button
from forms_service.errors import AlreadyAnswered, DifferentAnswers, FormsServiceError, NotFound
from forms_service.storage.runs import EventRow, RunRow, SubmissionRow
from tests.integration.engine.conftest import BOOK, Desk
from tests.integration.engine.loan import LIBRARIAN, READER


def test_a_form_starts_one_run_with_its_answers(desk: Desk) -> None:
    receipt = desk.borrow()
    assert receipt.created
    assert [run.id for run in desk.rows(RunRow)] == [receipt.run_id]
    assert desk.rows(SubmissionRow)[0].answers["book"] == "Sult"


def test_the_button_pressed_twice_gives_the_same_run(desk: Desk) -> None:
    first, second = desk.borrow(), desk.borrow()
    assert (second.run_id, second.created) == (first.run_id, False)
    assert len(desk.rows(RunRow)) == 1


def test_the_button_pressed_by_eight_hands_at_once_gives_one_run(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: desk.borrow(), range(8)))
    assert len({receipt.run_id for receipt in receipts}) == 1
    assert sum(receipt.created for receipt in receipts) == 1
    assert len(desk.rows(RunRow)) == 1


def test_other_answers_under_the_same_nonce_are_refused_and_nothing_is_kept(desk: Desk) -> None:
    desk.borrow()
    with pytest.raises(DifferentAnswers):
        desk.borrow(book="Pan")
    assert [row.answers["book"] for row in desk.rows(SubmissionRow)] == ["Sult"]


def test_two_people_with_the_same_nonce_get_a_run_each(desk: Desk) -> None:
    assert desk.borrow().run_id != desk.borrow(actor=Actor("head-1", "head")).run_id


def test_a_form_is_accepted_while_the_bell_is_silent_and_the_run_goes_on_later(desk: Desk) -> None:
    desk.bell.deaf = True
    desk.borrow()
    desk.work_all()
    assert desk.step("slip").status == "ready"
    desk.bell.deaf = False
    desk.work_all()
    assert desk.step("handed").status == "waiting"


def test_a_ring_that_was_lost_is_rung_again(desk: Desk) -> None:
    desk.borrow()
    desk.bell.rings.clear()
    assert dispatch(desk.rt) == 0
    desk.pass_time(seconds=31)
    assert desk.step("handed").status == "waiting"


def test_a_button_start_has_its_first_task_ready_without_any_worker(desk: Desk) -> None:
    desk.bell.deaf = True
    receipt = start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN)
    assert desk.step("confirm").status == "waiting"
    assert start_with_button(desk.rt, "buy", "b1", BOOK, LIBRARIAN).run_id == receipt.run_id


def test_of_two_people_at_one_task_the_first_wins_and_the_second_is_told(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    desk.answer("handed", lent="yes")
    with pytest.raises(AlreadyAnswered):
        desk.answer("handed", actor=Actor("head-1", "head"), nonce="other", lent="no")
    assert [row.answers for row in desk.rows(SubmissionRow) if row.step_id] == [{"lent": "yes"}]


def test_of_eight_people_at_one_task_at_once_exactly_one_wins(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()

    def answer(number: int) -> bool:
        try:
            desk.answer("handed", nonce=f"try-{number}", lent="yes")
        except FormsServiceError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(answer, range(8))) == 1
    assert len([row for row in desk.steps() if row.path == "way"]) == 1


def test_a_step_that_is_no_task_cannot_be_answered(desk: Desk) -> None:
    desk.borrow()
    with pytest.raises(NotFound):
        desk.answer("counted", lent="yes")


def test_events_are_numbered_without_gaps(desk: Desk) -> None:
    desk.borrow()
    desk.work_all()
    desk.answer("handed", lent="no")
    desk.work_all()
    assert [event.number for event in desk.rows(EventRow)] == list(range(1, len(desk.rows(EventRow)) + 1))
    assert desk.rows(RunRow)[0].outcome == "not lent"


def test_the_actor_of_an_answer_is_remembered(desk: Desk) -> None:
    desk.borrow(actor=READER)
    assert desk.rows(SubmissionRow)[0].person_id == "reader-1"
