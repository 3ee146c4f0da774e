"""Trying again, skipping, moving dates, handing over: one step of one run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forms_service.engine.operate.due import change_due
from forms_service.engine.operate.hand_over import hand_over
from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.operate.retry import retry_steps
from forms_service.engine.operate.skip import skip_step
from forms_service.errors import AlreadyDone, NoNextRound, NotFound, ReasonMissing, StepAtWork
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import EventRow, LinkRow, RunRow
from tests.integration.engine.conftest import START, Desk
from tests.integration.engine.operate.workshop import ADMIN, answer, begin, change, event, run_of, statuses


def skip(desk: Desk, path: str) -> None:
    skip_step(desk.rt, desk.step(path).id, "Not needed", ADMIN)
    desk.work_all()


def rounds(desk: Desk) -> list[int]:
    return [run.round for run in desk.rows(RunRow) if run.round is not None]


def stopped(desk: Desk) -> str:
    """A run that stands at an incident, because nobody holds a role."""
    run_id = begin(desk)
    answer(desk, "look")
    del desk.service.addresses["reader"]
    desk.pass_time(days=11)
    assert statuses(desk, run_id)["told"] == "incident"
    return run_id


def test_of_many_incidents_those_that_can_be_tried_again_are(desk: Desk) -> None:
    run_id = stopped(desk)
    desk.service.addresses["reader"] = "reader@example.org"
    told = desk.step("told").id
    assert retry_steps(desk.rt, ["no-such-step", desk.step("look").id, told, told], ADMIN) == 1
    desk.work_all()
    assert statuses(desk, run_id)["back"] == "waiting"
    assert event(desk, run_id, "retried").person_id == ADMIN.person_id


def test_an_incident_that_is_skipped_lets_the_run_go_on(desk: Desk) -> None:
    run_id = stopped(desk)
    desk.service.addresses["reader"] = "reader@example.org"
    skip(desk, "told")
    assert statuses(desk, run_id)["told"] == "skipped"
    assert statuses(desk, run_id)["back"] == "waiting"
    assert event(desk, run_id, "skipped").detail == {"reason": "Not needed", "via": "signed_in"}


def test_a_task_that_is_skipped_takes_its_reminders_its_link_and_its_invitation_with_it(desk: Desk) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    desk.pass_time(days=9)
    desk.post.trouble_before = RuntimeError("no mail today")
    desk.pass_time(days=2)
    assert [row.status for row in desk.rows(MessageRow) if row.message == "bring_back"] == ["created"]
    skip(desk, "back")
    assert statuses(desk, run_id)["back"] == "skipped"
    assert statuses(desk, run_id)["back/remind/1"] == "cancelled"
    assert [row.status for row in desk.rows(MessageRow) if row.message == "bring_back"] == ["cancelled"]
    assert desk.rows(LinkRow)[0].revoked_at is not None
    assert run_of(desk, run_id).status == "ended"


def test_a_timer_that_is_skipped_has_rung(desk: Desk) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    skip(desk, "rest/over")
    assert statuses(desk, run_id)["back"] == "waiting"


def test_a_reminder_that_is_skipped_is_only_silent(desk: Desk) -> None:
    run_id = begin(desk)
    skip(desk, "look/remind/1")
    assert statuses(desk, run_id)["look"] == "waiting"
    desk.pass_time(days=3)
    assert desk.post.sent == []


def test_skipping_in_one_lane_counts_as_arriving(desk: Desk) -> None:
    run_id = begin(desk, "lanes")
    answer(desk, "one")
    skip(desk, "three")
    assert statuses(desk, run_id) == {
        "both": "done",
        "one": "done",
        "two": "done",
        "three": "skipped",
        "done": "waiting",
    }


def test_skipping_all_lanes_at_once_cancels_what_is_in_them(desk: Desk) -> None:
    run_id = begin(desk, "lanes")
    skip(desk, "both")
    found = statuses(desk, run_id)
    assert found == {"both": "skipped", "one": "cancelled", "two": "done", "three": "cancelled", "done": "waiting"}


def test_a_step_that_a_worker_is_at_is_not_skipped(desk: Desk) -> None:
    begin(desk, "lanes")
    change(desk, desk.step("one").id, "status", "running")
    for path in ("one", "both"):
        with pytest.raises(StepAtWork):
            skip(desk, path)
    assert desk.step("three").status == "waiting"


def test_skipping_a_round_sets_the_next_one(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    first = desk.step("repeat").due_at
    skip(desk, "repeat")
    assert desk.step("repeat").status == "ready"
    assert desk.step("repeat").due_at > first + timedelta(days=150)


def test_a_clock_whose_anchor_is_missing_is_not_skipped(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    desk.service.bought = None
    desk.pass_time(days=190)
    assert desk.step("repeat").status == "incident"
    with pytest.raises(NoNextRound):
        skip(desk, "repeat")
    desk.service.bought = START.date()
    assert retry_steps(desk.rt, [desk.step("repeat").id], ADMIN) == 1
    desk.work_all()
    assert rounds(desk) == [1]


def test_who_skips_says_why_and_cannot_skip_what_is_over(desk: Desk) -> None:
    begin(desk)
    with pytest.raises(ReasonMissing):
        skip_step(desk.rt, desk.step("look").id, " ", ADMIN)
    with pytest.raises(NotFound):
        skip_step(desk.rt, "no-such-step", "Why not", ADMIN)
    skip(desk, "look")
    with pytest.raises(AlreadyDone):
        skip(desk, "look")
    assert len([row for row in desk.steps() if row.path == "rest"]) == 1


def test_a_timer_can_be_moved(desk: Desk) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    change_due(desk.rt, desk.step("rest/over").id, START + timedelta(days=2), "It dries quickly", ADMIN)
    desk.pass_time(days=3)
    assert statuses(desk, run_id)["back"] == "waiting"
    said = event(desk, run_id, "due_changed").detail
    assert said["new"] == (START + timedelta(days=2)).isoformat()
    assert said["old"] == (START + timedelta(days=10)).isoformat()


def test_a_round_can_be_had_early_and_the_next_one_comes_on_its_own_day(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    planned = desk.step("repeat").due_at
    change_due(desk.rt, desk.step("repeat").id, START + timedelta(days=30), "Before the holidays", ADMIN)
    desk.pass_time(days=31)
    assert rounds(desk) == [1]
    assert desk.step("repeat").due_at > planned + timedelta(days=150)


def test_a_round_can_be_had_early_also_when_its_clock_had_to_be_tried_again(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    change_due(desk.rt, desk.step("repeat").id, START + timedelta(days=30), "Before the holidays", ADMIN)
    desk.service.bought = None
    desk.pass_time(days=31)
    assert desk.step("repeat").status == "incident"
    desk.service.bought = START.date()
    retry_steps(desk.rt, [desk.step("repeat").id], ADMIN)
    desk.work_all()
    assert rounds(desk) == [1]


def test_a_later_due_date_takes_its_reminders_along(desk: Desk) -> None:
    begin(desk)
    before = {path: desk.step(path).due_at for path in ("look/remind/1", "look/late")}
    late_at = desk.step("look").late_at
    assert late_at is not None
    change_due(desk.rt, desk.step("look").id, late_at + timedelta(days=7), "Holidays", ADMIN)
    assert desk.step("look").late_at == late_at + timedelta(days=7)
    for path, due_at in before.items():
        assert desk.step(path).due_at == due_at + timedelta(days=7)


def test_a_task_that_was_late_can_be_late_again(desk: Desk) -> None:
    run_id = begin(desk)
    desk.pass_time(days=3)
    desk.pass_time(days=5)
    assert statuses(desk, run_id)["look/late"] == "done"
    words = len(desk.post.sent)
    assert words == 1
    change_due(desk.rt, desk.step("look").id, desk.clock.now() + timedelta(days=7), "Holidays", ADMIN)
    assert {statuses(desk, run_id)[path] for path in ("look/remind/1/anew", "look/late/anew")} == {"ready"}
    desk.pass_time(days=3)
    assert len(desk.post.sent) == words + 1
    desk.pass_time(days=4)
    assert [row.kind for row in desk.rows(EventRow) if row.run_id == run_id].count("late") == 2
    change_due(desk.rt, desk.step("look").id, desk.clock.now() + timedelta(days=7), "More holidays", ADMIN)
    assert statuses(desk, run_id)["look/late/anew/anew"] == "ready"
    answer(desk, "look")
    assert statuses(desk, run_id)["look/late/anew/anew"] == "cancelled"


def test_a_reminder_that_would_have_rung_by_now_does_not_ring_again(desk: Desk) -> None:
    run_id = begin(desk)
    desk.pass_time(days=8)
    change_due(desk.rt, desk.step("look").id, desk.clock.now() + timedelta(days=1), "One day more", ADMIN)
    assert statuses(desk, run_id)["look/late/anew"] == "ready"
    assert "look/remind/1/anew" not in statuses(desk, run_id)


def test_a_reminder_of_a_paused_run_that_shall_ring_again_waits_for_the_end_of_the_pause(desk: Desk) -> None:
    run_id = begin(desk)
    desk.pass_time(days=8)
    pause_run(desk.rt, run_id, "Wait", ADMIN)
    desk.pass_time(days=30)
    change_due(desk.rt, desk.step("look").id, START + timedelta(days=15), "As of the pause", ADMIN)
    assert statuses(desk, run_id)["look/late/anew"] == "paused"
    resume_run(desk.rt, run_id, "Go on", ADMIN)
    assert desk.step("look/late/anew").due_at == START + timedelta(days=45)


@pytest.mark.parametrize("path", ["look", "rest/over"])
def test_a_date_that_is_changed_by_a_double_press_is_changed_once(desk: Desk, path: str) -> None:
    run_id = begin(desk)
    if path != "look":
        answer(desk, "look")
    for _ in range(2):
        change_due(desk.rt, desk.step(path).id, START + timedelta(days=20), "Holidays", ADMIN)
    assert [row.kind for row in desk.rows(EventRow) if row.run_id == run_id].count("due_changed") == 1


@pytest.mark.parametrize("person", ["head-1", None])
def test_a_task_that_is_handed_over_by_a_double_press_is_handed_over_once(desk: Desk, person: str | None) -> None:
    run_id = begin(desk)
    for _ in range(2):
        hand_over(desk.rt, desk.step("look").id, person, "head", "She knows the book", ADMIN)
    assert [row.kind for row in desk.rows(EventRow) if row.run_id == run_id].count("handed_over") == 1


def test_a_link_works_until_after_the_new_due_date(desk: Desk) -> None:
    begin(desk)
    answer(desk, "look")
    desk.pass_time(days=11)
    when = desk.clock.now() + timedelta(days=200)
    change_due(desk.rt, desk.step("back").id, when, "Long journey", ADMIN)
    assert desk.rows(LinkRow)[0].expires_at > when


def test_what_is_done_has_no_date_to_change(desk: Desk) -> None:
    begin(desk)
    step = desk.step("look").id
    answer(desk, "look")
    with pytest.raises(AlreadyDone):
        change_due(desk.rt, step, START, "Too late", ADMIN)
    with pytest.raises(ReasonMissing):
        change_due(desk.rt, step, START, "", ADMIN)


def test_a_task_goes_to_a_person_or_to_a_role(desk: Desk) -> None:
    run_id = begin(desk)
    hand_over(desk.rt, desk.step("look").id, "head-1", "head", "She knows the book", ADMIN)
    assert (desk.step("look").role, desk.step("look").person_id) == ("head", "head-1")
    hand_over(desk.rt, desk.step("look").id, None, "librarian", "Back again", ADMIN)
    assert (desk.step("look").role, desk.step("look").person_id) == ("librarian", None)
    said = event(desk, run_id, "handed_over").detail
    assert (said["old"], said["new"], said["reason"]) == ("head", "librarian", "Back again")


def test_a_task_that_is_handed_over_leaves_no_link_behind(desk: Desk) -> None:
    begin(desk)
    answer(desk, "look")
    desk.pass_time(days=11)
    hand_over(desk.rt, desk.step("back").id, None, "librarian", "By phone", ADMIN)
    assert desk.rows(LinkRow)[0].revoked_at is not None


@pytest.mark.parametrize(("person", "role"), [("nobody", "head"), (None, "king")])
def test_a_task_goes_to_nobody_who_does_not_exist(desk: Desk, person: str | None, role: str) -> None:
    begin(desk)
    with pytest.raises(NotFound):
        hand_over(desk.rt, desk.step("look").id, person, role, "Try", ADMIN)
    assert desk.step("look").role == "librarian"


def test_only_a_waiting_task_is_handed_over(desk: Desk) -> None:
    begin(desk)
    task = desk.step("look").id
    answer(desk, "look")
    with pytest.raises(AlreadyDone):
        hand_over(desk.rt, task, None, "head", "Try", ADMIN)
    with pytest.raises(NotFound):
        hand_over(desk.rt, desk.step("rest/over").id, None, "head", "Try", ADMIN)
