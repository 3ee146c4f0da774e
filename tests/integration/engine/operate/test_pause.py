"""A run that stands still: by a person, and taken on again by a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from forms_service.engine.deliver import deliver
from forms_service.engine.links import open_link, token_for
from forms_service.engine.operate.message import retry_message
from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.operate.retry import retry_steps
from forms_service.engine.process import identity
from forms_service.engine.sweep import sweep
from forms_service.engine.work import work
from forms_service.errors import AlreadyDone, LinkNotValid, MailRefused, NotFound, ReasonMissing
from forms_service.messages.envelope import Envelope
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow, SubmissionRow
from tests.integration.engine.conftest import START, Desk
from tests.integration.engine.operate.workshop import (
    ADMIN,
    answer,
    begin,
    change,
    event,
    events,
    messages,
    publish,
    run_of,
    statuses,
    workflow,
)


def pause(desk: Desk, run_id: str) -> None:
    pause_run(desk.rt, run_id, "The workshop is flooded", ADMIN)


def resume(desk: Desk, run_id: str) -> None:
    resume_run(desk.rt, run_id, "Dry again", ADMIN)


def resting(desk: Desk, key: str = "care") -> str:
    run_id = begin(desk, key)
    answer(desk, "look")
    return run_id


def test_nothing_in_a_paused_run_is_due(desk: Desk) -> None:
    run_id = resting(desk)
    pause(desk, run_id)
    desk.pass_time(days=300)
    assert statuses(desk, run_id)["rest/over"] == "paused"
    assert run_of(desk, run_id).status == "paused"


def test_what_was_still_to_come_keeps_its_distance(desk: Desk) -> None:
    run_id = resting(desk)
    desk.pass_time(days=4)
    pause(desk, run_id)
    desk.pass_time(days=42)
    resume(desk, run_id)
    assert desk.step("rest/over").due_at == START + timedelta(days=52)
    desk.pass_time(days=5)
    assert statuses(desk, run_id)["rest/over"] == "ready"
    desk.pass_time(days=1)
    assert statuses(desk, run_id)["back"] == "waiting"


def test_nine_in_the_morning_stays_nine_in_the_morning_when_summer_time_begins_in_the_pause(desk: Desk) -> None:
    desk.clock.instant = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)  # 09:00 in Oslo
    run_id = resting(desk)
    assert desk.step("rest/over").due_at == datetime(2026, 3, 28, 8, 0, tzinfo=UTC)  # a day before summer time
    desk.clock.instant = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
    pause(desk, run_id)
    desk.clock.instant = datetime(2026, 3, 30, 7, 0, tzinfo=UTC)  # 09:00 in Oslo
    resume(desk, run_id)
    assert desk.step("rest/over").due_at == datetime(2026, 4, 7, 7, 0, tzinfo=UTC)


def test_a_pause_of_two_hours_in_the_night_of_the_change_is_two_hours(desk: Desk) -> None:
    desk.clock.instant = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)
    run_id = resting(desk)
    due = desk.step("rest/over").due_at
    desk.clock.instant = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 in Oslo; half an hour later it is 03:00
    pause(desk, run_id)
    desk.clock.move(timedelta(hours=2))
    resume(desk, run_id)
    assert desk.step("rest/over").due_at == due + timedelta(hours=2)


def test_what_was_due_before_the_pause_is_due_after_it(desk: Desk) -> None:
    run_id = resting(desk)
    desk.clock.move(timedelta(days=11))  # nobody has worked meanwhile
    pause(desk, run_id)
    desk.pass_time(days=42)
    assert statuses(desk, run_id)["rest/over"] == "paused"
    resume(desk, run_id)
    desk.work_all()
    assert statuses(desk, run_id)["back"] == "waiting"


def test_where_the_clock_runs_the_dates_stay(desk: Desk) -> None:
    run_id = resting(desk, "hasty")
    due = desk.step("rest/over").due_at
    pause(desk, run_id)
    desk.pass_time(days=42)
    resume(desk, run_id)
    assert desk.step("rest/over").due_at == due
    assert run_of(desk, run_id).paused_seconds == 0
    desk.work_all()
    assert statuses(desk, run_id)["back"] == "waiting"


def test_a_task_is_late_later_and_so_is_its_reminder(desk: Desk) -> None:
    run_id = begin(desk)
    before = {path: desk.step(path) for path in ("look", "look/remind/1", "look/late")}
    desk.pass_time(days=1)
    pause(desk, run_id)
    desk.pass_time(days=20)
    assert desk.post.sent == []
    resume(desk, run_id)
    late_at = before["look"].late_at
    assert late_at is not None
    assert desk.step("look").late_at == late_at + timedelta(days=20)
    assert desk.step("look/remind/1").due_at == before["look/remind/1"].due_at + timedelta(days=20)
    assert desk.step("look/late").due_at == late_at + timedelta(days=20)


def test_an_answer_is_kept_and_what_follows_it_waits(desk: Desk) -> None:
    run_id = begin(desk)
    pause(desk, run_id)
    desk.pass_time(days=20)
    answer(desk, "look")
    assert len(desk.rows(SubmissionRow)) == 2  # the button's, and the answer
    assert statuses(desk, run_id) | {"look": "done", "rest": "paused"} == statuses(desk, run_id)
    assert statuses(desk, run_id)["look/remind/1"] == "cancelled"
    desk.pass_time(days=20)
    resume(desk, run_id)
    desk.work_all()
    assert desk.step("rest/over").due_at == desk.clock.now() + timedelta(days=10)


def test_a_last_answer_ends_a_paused_run_and_lets_its_messages_go(desk: Desk) -> None:
    desk.bell.deaf = True
    run_id = begin(desk, "last")
    pause(desk, run_id)
    desk.bell.deaf = False
    desk.work_all()
    assert messages(desk) == [("loan_ready", "paused")]
    answer(desk, "look")
    assert run_of(desk, run_id).status == "ended"
    assert run_of(desk, run_id).paused_at is None
    assert messages(desk) == [("loan_ready", "sent")]


def test_a_worker_finishes_what_it_is_at_and_the_next_step_waits(desk: Desk) -> None:
    run_id = resting(desk)
    desk.clock.move(timedelta(days=11))
    original = desk.press.render

    class PausingPress:
        def warm(self) -> None:
            return None

        def render(self, *args: object) -> bytes:
            pause(desk, run_id)
            return original(*args)  # type: ignore[arg-type]

    object.__setattr__(desk.rt, "press", PausingPress())
    desk.work_all()
    assert statuses(desk, run_id)["slip"] == "done"
    assert statuses(desk, run_id)["told"] == "paused"
    assert desk.post.sent == []
    resume(desk, run_id)
    desk.work_all()
    assert statuses(desk, run_id)["back"] == "waiting"


def test_a_message_on_its_way_stops_at_the_dot(desk: Desk) -> None:
    desk.bell.deaf = True
    run_id = begin(desk, "last")

    class PausingPost:
        def send(self, envelope: Envelope, before_dot: object) -> None:
            pause(desk, run_id)
            desk.post.send(envelope, before_dot)  # type: ignore[arg-type]

    object.__setattr__(desk.rt, "post", PausingPost())
    deliver(desk.rt, desk.rows(MessageRow)[0].id, identity())
    assert messages(desk) == [("loan_ready", "paused")]
    assert desk.post.sent == []
    object.__setattr__(desk.rt, "post", desk.post)
    desk.bell.deaf = False
    resume(desk, run_id)
    desk.work_all()
    assert messages(desk) == [("loan_ready", "sent")]


def test_a_failed_message_that_is_tried_again_in_a_pause_goes_after_it(desk: Desk) -> None:
    desk.post.trouble_before = MailRefused()
    run_id = begin(desk, "last")
    desk.post.trouble_before = None
    pause(desk, run_id)
    retry_message(desk.rt, desk.rows(MessageRow)[0].id, ADMIN)
    desk.work_all()
    assert messages(desk) == [("loan_ready", "paused")]
    resume(desk, run_id)
    desk.work_all()
    assert messages(desk) == [("loan_ready", "sent")]


def test_an_incident_that_is_tried_again_in_a_pause_is_tried_after_it(desk: Desk) -> None:
    run_id = resting(desk)
    del desk.service.addresses["reader"]
    desk.pass_time(days=11)
    assert statuses(desk, run_id)["told"] == "incident"
    pause(desk, run_id)
    desk.service.addresses["reader"] = "reader@example.org"
    desk.pass_time(days=30)
    assert retry_steps(desk.rt, [desk.step("told").id], ADMIN) == 1
    desk.work_all()
    assert statuses(desk, run_id)["told"] == "paused"
    desk.pass_time(days=30)
    resume(desk, run_id)
    desk.work_all()
    assert statuses(desk, run_id)["back"] == "waiting"


def test_a_step_whose_worker_dies_in_a_pause_is_tried_after_it(desk: Desk) -> None:
    run_id = resting(desk)
    desk.clock.move(timedelta(days=11))
    for name, value in {"status": "running", "claimed_by": "gone", "attempt": 1}.items():
        change(desk, desk.step("rest/over").id, name, value)
    pause(desk, run_id)
    desk.clock.move(timedelta(days=3))
    assert sweep(desk.rt, lambda worker: worker == "gone") == 1
    assert statuses(desk, run_id)["rest/over"] == "paused"
    resume(desk, run_id)
    desk.work_all()
    assert statuses(desk, run_id)["back"] == "waiting"


def test_a_step_that_is_woken_in_a_pause_goes_on_after_it(desk: Desk) -> None:
    parent = begin(desk, "parent")
    pause(desk, parent)
    for path in ("look", "back"):
        answer(desk, path)
        desk.pass_time(days=11)
    assert statuses(desk, parent)["child"] == "paused"
    desk.pass_time(days=30)
    resume(desk, parent)
    desk.work_all()
    assert statuses(desk, parent)["after"] == "waiting"


def test_a_link_does_not_grow_old_in_a_pause(desk: Desk) -> None:
    run_id = resting(desk)
    desk.pass_time(days=11)
    link = desk.rows(LinkRow)[0]
    pause(desk, run_id)
    desk.clock.move(timedelta(days=365))
    with desk.rt.database.reading() as session:
        assert open_link(desk.rt, session, token_for(desk.rt, link.id)).id == link.id
    resume(desk, run_id)
    assert desk.rows(LinkRow)[0].expires_at == link.expires_at + timedelta(days=365)
    desk.clock.move(timedelta(days=68))
    with desk.rt.database.reading() as session, pytest.raises(LinkNotValid):
        open_link(desk.rt, session, token_for(desk.rt, link.id))


def test_an_answer_by_link_is_taken_in_a_pause_and_stops_the_reminder(desk: Desk) -> None:
    run_id = resting(desk)
    desk.pass_time(days=11)
    pause(desk, run_id)
    desk.answer("back", liked="Yes")
    assert run_of(desk, run_id).status == "ended"
    assert statuses(desk, run_id)["back/remind/1"] == "cancelled"


def test_a_worker_that_heard_an_old_ring_takes_nothing_from_a_paused_run(desk: Desk) -> None:
    run_id = resting(desk)
    desk.clock.move(timedelta(days=11))
    pause(desk, run_id)
    work(desk.rt, desk.step("rest/over").id, identity())
    assert statuses(desk, run_id)["rest/over"] == "paused"


def test_who_pauses_and_resumes_says_why(desk: Desk) -> None:
    run_id = resting(desk)
    with pytest.raises(ReasonMissing):
        pause_run(desk.rt, run_id, "  ", ADMIN)
    pause(desk, run_id)
    with pytest.raises(ReasonMissing):
        resume_run(desk.rt, run_id, "", ADMIN)
    resume(desk, run_id)
    said = event(desk, run_id, "run_paused")
    assert said.person_id == ADMIN.person_id
    assert said.detail == {"reason": "The workshop is flooded", "via": "signed_in"}
    assert event(desk, run_id, "run_resumed").detail["reason"] == "Dry again"
    assert events(desk, run_id)[-2:] == ["run_paused", "run_resumed"]


def test_the_second_press_is_told_that_it_was_the_second(desk: Desk) -> None:
    run_id = resting(desk)
    with pytest.raises(AlreadyDone):
        resume(desk, run_id)
    pause(desk, run_id)
    with pytest.raises(AlreadyDone):
        pause(desk, run_id)
    resume(desk, run_id)
    with pytest.raises(NotFound):
        pause(desk, "no-such-run")


def test_two_pauses_add_up(desk: Desk) -> None:
    run_id = resting(desk)
    for days in (10, 20):
        pause(desk, run_id)
        desk.pass_time(days=days)
        resume(desk, run_id)
    assert run_of(desk, run_id).paused_seconds == timedelta(days=30).total_seconds()
    assert desk.step("rest/over").due_at == START + timedelta(days=40)


UNTIL = workflow("store", "  - {id: stored, wait: {until: case.discarded}}\n")


def test_a_date_at_the_end_of_the_calendar_stays_where_it_is(desk: Desk) -> None:
    publish(desk, UNTIL)
    desk.service.discarded = date(9999, 12, 31)
    run_id = begin(desk, "store")
    due = desk.step("stored/over").due_at
    pause(desk, run_id)
    desk.pass_time(days=42)
    resume(desk, run_id)
    assert desk.step("stored/over").due_at == due
    assert run_of(desk, run_id).status == "active"


def test_a_date_that_no_clock_can_show_is_named(desk: Desk) -> None:
    publish(desk, UNTIL)
    desk.service.discarded = date(1, 1, 1)
    run_id = begin(desk, "store")
    assert statuses(desk, run_id)["stored"] == "incident"
    assert desk.step("stored").problem.startswith("expression: ")
    assert "0001-01-01" in desk.step("stored").problem
