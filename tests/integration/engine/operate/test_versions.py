"""Runs that are moved to another version, and those that cannot be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forms_service.engine.operate.pause import pause_run
from forms_service.engine.versions import Move, move_runs, preview
from forms_service.errors import NotFound, ReasonMissing
from tests.integration.engine.conftest import Desk
from tests.integration.engine.operate.workshop import (
    ADMIN,
    CARE,
    FILES,
    answer,
    begin,
    change,
    event,
    publish,
    run_of,
    statuses,
    workflow,
)

FORM = """
form: {key}
title: {title}
sections:
  - {{title: All, fields: [{fields}]}}
"""
FIELD = "{{name: {name}, label: {name}, type: text}}"


def form(key: str, title: str, *names: str) -> dict[str, str]:
    fields = ", ".join(FIELD.format(name=name) for name in names)
    return {f"forms/{key}.yaml": FORM.format(key=key, title=title, fields=fields)}


def look(desk: Desk, *run_ids: str, version: int | None = None) -> tuple[Move, ...]:
    with desk.rt.database.reading() as session:
        return preview(desk.rt, session, run_ids, version)


def move(desk: Desk, *run_ids: str, version: int | None = None) -> tuple[Move, ...]:
    return move_runs(desk.rt, run_ids, version, "A better way", ADMIN)


def refused(desk: Desk, run_id: str, files: dict[str, str]) -> str:
    """What a preview says, which must be what moving says, which must leave the run as it was."""
    publish(desk, files)
    seen, before = look(desk, run_id)[0], (run_of(desk, run_id).definition_id, statuses(desk, run_id))
    assert move(desk, run_id)[0] == seen
    assert (run_of(desk, run_id).definition_id, statuses(desk, run_id)) == before
    return seen.refused


def test_a_run_keeps_its_version_until_somebody_moves_it(desk: Desk) -> None:
    run_id = begin(desk)
    publish(desk, workflow("care", CARE.replace("wait: 10 days", "wait: 20 days")))
    assert look(desk, run_id) == (Move(run_id, "care", 1, 2, "", ("look", "look/remind/1", "look/late")),)
    move(desk, run_id)
    said = event(desk, run_id, "moved")
    assert (said.detail["old"], said.detail["new"], said.detail["reason"]) == ("1", "2", "A better way")
    answer(desk, "look")
    assert desk.step("rest/over").due_at == desk.clock.now() + timedelta(days=20)


def test_an_open_task_gets_the_new_title_and_form(desk: Desk) -> None:
    run_id = begin(desk)
    steps = CARE.replace("form: handed", "form: seen, title: Have a look")
    publish(desk, {**workflow("care", steps), **form("seen", "Seen", "words")})
    move(desk, run_id)
    assert (desk.step("look").form, desk.step("look").title) == ("seen", "Have a look")


def test_a_run_can_go_back_to_an_old_version(desk: Desk) -> None:
    run_id = begin(desk)
    publish(desk, workflow("care", CARE.replace("10 days", "20 days")))
    move(desk, run_id)
    assert [(one.old, one.new, one.refused) for one in move(desk, run_id, version=1)] == [(2, 1, "")]
    with pytest.raises(NotFound):
        look(desk, run_id, version=3)


TOGETHER = """
  - id: both
    together:
      - [{id: look, ask: librarian, form: handed}]
      - [{id: x, wait: 1 day}]
"""


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (CARE.replace("id: look", "id: seen"), "step_missing: look"),
        ("  - {id: look, wait: 3 days}\n", "other_verb: look"),
        (TOGETHER, "other_place: look"),
    ],
)
def test_a_run_is_not_moved_where_its_open_step_would_be_lost(desk: Desk, steps: str, said: str) -> None:
    run_id = begin(desk)
    assert refused(desk, run_id, workflow("care", steps)) == said


ONE = "      - [{id: one, ask: librarian, form: handed}]\n"


@pytest.mark.parametrize(
    ("change_of", "said"),
    [
        ((ONE, ONE + "      - [{id: new, wait: 1 day}]\n"), "lanes_changed: both"),
        (("{id: two, make: card}, ", ""), ""),
        (("{id: three, ask: head, form: handed}", "{id: four, ask: head, form: handed}"), "step_missing: three"),
    ],
)
def test_a_run_in_lanes_is_moved_where_its_lanes_are_the_same(
    desk: Desk, change_of: tuple[str, str], said: str
) -> None:
    run_id = begin(desk, "lanes")
    publish(desk, {"lanes.yaml": FILES["lanes.yaml"].replace(*change_of)})
    assert look(desk, run_id)[0].refused == said


def test_a_task_that_changes_its_lane_is_refused(desk: Desk) -> None:
    run_id = begin(desk, "lanes")
    lanes = (
        FILES["lanes.yaml"]
        .replace("id: one,", "id: swap,")
        .replace("id: three,", "id: one,")
        .replace("id: swap,", "id: three,")
    )
    publish(desk, {"lanes.yaml": lanes})
    assert look(desk, run_id)[0].refused == "other_place: one"


def test_a_step_that_a_worker_is_at_refuses(desk: Desk) -> None:
    run_id = begin(desk)
    change(desk, desk.step("look").id, "status", "running")
    assert refused(desk, run_id, workflow("care", CARE.replace("10 days", "20 days"))) == "at_work: look"


def test_a_run_that_is_over_or_there_already_is_not_moved(desk: Desk) -> None:
    over = begin(desk, "last")
    answer(desk, "look")
    there = begin(desk)
    assert [one.refused for one in look(desk, over, there)] == ["over", "same_version"]


def test_answers_that_lose_their_place_are_told_before(desk: Desk) -> None:
    files = {
        **workflow(
            "talk", "  - {id: first, ask: librarian, form: talk}\n  - {id: second, ask: librarian, form: talk}\n"
        )
    }
    publish(desk, {**files, **form("talk", "Talk", "wish", "worry")})
    run_id = begin(desk, "talk")
    desk.answer("first", wish="More books", worry="None")
    publish(desk, {**files, **form("talk", "Talk", "wish")})
    assert look(desk, run_id)[0].warnings == ("field_gone: first.worry",)
    one_step = workflow("talk", "  - {id: second, ask: librarian, form: talk}\n")
    publish(desk, {**one_step, **form("talk", "Talk", "wish", "worry")})
    assert look(desk, run_id)[0].warnings == ("answers_gone: first",)
    assert move(desk, run_id)[0].refused == ""
    desk.answer("second", nonce="second", wish="", worry="")
    assert run_of(desk, run_id).status == "ended"


def test_one_that_is_refused_holds_no_other_back(desk: Desk) -> None:
    lost, moved = begin(desk), begin(desk, "rest")
    publish(
        desk, {**workflow("care", "  - {id: x, wait: 1 day}\n"), **workflow("rest", "  - {id: rest, wait: 9 days}\n")}
    )
    assert [one.refused for one in move(desk, lost, moved)] == ["step_missing: look", ""]
    assert (look(desk, lost)[0].old, look(desk, moved)[0].old) == (1, 2)


def test_a_series_gets_the_day_of_its_new_rhythm(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    series = desk.step("repeat").run_id
    publish(desk, {"rounds.yaml": FILES["rounds.yaml"].replace("6 months", "3 months")})
    before = desk.step("repeat").due_at
    move(desk, series)
    assert desk.step("repeat").due_at < before - timedelta(days=80)


def test_a_paused_run_can_be_moved_and_stays_paused(desk: Desk) -> None:
    run_id = begin(desk)
    pause_run(desk.rt, run_id, "Wait", ADMIN)
    publish(desk, workflow("care", CARE.replace("10 days", "20 days")))
    assert move(desk, run_id)[0].refused == ""
    assert run_of(desk, run_id).status == "paused"


def test_a_new_condition_is_heeded_at_once(desk: Desk) -> None:
    desk.service.at_binder = True
    run_id = begin(desk)
    assert run_of(desk, run_id).status == "active"
    publish(desk, workflow("care", CARE, "about: book\nstart: {by: [librarian]}\npause: {while: case.at_binder}"))
    move(desk, run_id)
    assert run_of(desk, run_id).status == "paused"
    assert run_of(desk, run_id).paused_by_itself


def test_nobody_moves_a_run_without_a_reason_or_one_that_is_not_there(desk: Desk) -> None:
    run_id = begin(desk)
    with pytest.raises(ReasonMissing):
        move_runs(desk.rt, [run_id], None, "", ADMIN)
    with pytest.raises(NotFound):
        look(desk, "no-such-run")
