"""Runs that are moved to another version, and those that cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from forms_service.engine.operate.due import change_due
from forms_service.engine.operate.pause import pause_run
from forms_service.engine.service import NO_SUBJECT
from forms_service.engine.submit import answer_task, start_with_form
from forms_service.engine.versions import Move, move_runs, preview
from forms_service.errors import NotFound, ReasonMissing
from forms_service.storage.runs import RunRow
from tests.integration.engine.conftest import START, Desk
from tests.integration.engine.loan import LIBRARIAN
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

ITEMS = {
    **workflow(
        "items",
        """
  - id: each_book
    each: books
    steps:
      - {id: seen, ask: librarian, form: handed}
  - {id: after, ask: librarian, form: handed}
""",
        "start: {form: wish, by: [librarian]}",
    ),
    "forms/wish.yaml": """
form: wish
title: Wishes
sections:
  - title: Wishes
    fields: [{name: books, label: Books, type: choices, choices: {hunger: Hunger, pan: Pan}}]
""",
}
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
    assert look(desk, run_id) == (Move(run_id, "care", 1, 2, "", ("look", "look/late", "look/remind/1")),)
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


ROUNDS = FILES["rounds.yaml"]


def rounds(desk: Desk) -> list[tuple[int, date]]:
    found = [(run.round, run.started_at.date()) for run in desk.rows(RunRow) if run.round is not None]
    return sorted(found)


def live(desk: Desk, until: date) -> None:
    """Day by day; each round's only task is done as it comes."""
    while desk.clock.now().date() < until:
        desk.pass_time(days=1)
        for task in [row for row in desk.steps() if row.path == "check" and row.status == "waiting"]:
            answer_task(desk.rt, task.id, task.id, {"lent": "yes"}, LIBRARIAN)


@pytest.mark.parametrize(
    ("every", "coming"),
    [
        ("1 year", [date(2027, 1, 15), date(2028, 1, 15)]),
        ("2 months", [date(2026, 9, 15), date(2026, 11, 15)]),
    ],
)
def test_a_series_with_another_rhythm_loses_no_round(desk: Desk, every: str, coming: list[date]) -> None:
    begin(desk, "begin_rounds")
    live(desk, date(2026, 8, 1))
    assert rounds(desk) == [(1, date(2026, 7, 15))]
    publish(desk, {"rounds.yaml": ROUNDS.replace("6 months", every)})
    series = desk.step("repeat").run_id
    assert look(desk, series)[0].warnings == (f"other_rounds: {coming[0]}",)
    move(desk, series)
    for day in coming:
        desk.clock.instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
        live(desk, day + timedelta(days=1))
    assert rounds(desk) == [(1, date(2026, 7, 15)), (2, coming[0]), (3, coming[1])]


def test_a_day_that_a_person_has_set_for_a_round_stays(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    chosen = START + timedelta(days=100)
    change_due(desk.rt, desk.step("repeat").id, chosen, "Before the holidays", ADMIN)
    publish(desk, {"rounds.yaml": ROUNDS.replace("title: Rounds", "title: Turns")})
    series = desk.step("repeat").run_id
    assert look(desk, series)[0].warnings == ()
    move(desk, series)
    assert desk.step("repeat").due_at == chosen
    live(desk, date(2026, 5, 1))
    assert rounds(desk) == [(1, chosen.date())]
    assert desk.step("repeat").due_at.date() == date(2027, 1, 14)


def test_a_day_that_a_person_has_set_stays_in_another_rhythm_too(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    chosen = START + timedelta(days=100)
    change_due(desk.rt, desk.step("repeat").id, chosen, "Before the holidays", ADMIN)
    publish(desk, {"rounds.yaml": ROUNDS.replace("6 months", "1 year")})
    move(desk, desk.step("repeat").run_id)
    assert desk.step("repeat").due_at == chosen
    live(desk, date(2026, 5, 1))
    assert rounds(desk) == [(1, chosen.date())]
    assert desk.step("repeat").due_at.date() == date(2027, 1, 14)


def test_a_series_whose_new_anchor_is_not_known_keeps_its_day_and_stops_there(desk: Desk) -> None:
    begin(desk, "begin_rounds")
    planned = desk.step("repeat").due_at
    publish(desk, {"rounds.yaml": ROUNDS.replace("case.bought", "case.discarded")})
    move(desk, desk.step("repeat").run_id)
    assert desk.step("repeat").due_at == planned
    live(desk, date(2026, 7, 16))
    assert desk.step("repeat").status == "incident"


def test_a_question_of_an_item_that_became_a_document_is_told_before(desk: Desk) -> None:
    publish(desk, ITEMS)
    run_id = start_with_form(desk.rt, "items", "n1", {"books": ["pan"]}, NO_SUBJECT, LIBRARIAN).run_id
    desk.answer("seen#1", lent="yes")
    publish(
        desk,
        {
            **ITEMS,
            "items.yaml": ITEMS["items.yaml"].replace("id: seen, ask: librarian, form: handed", "id: seen, make: card"),
        },
    )
    assert look(desk, run_id)[0].warnings == ("answers_gone: seen",)
    move(desk, run_id)
    answer(desk, "after")
    assert run_of(desk, run_id).status == "ended"


TOLD = "  - {id: told, send: loan_ready, to: reader%s}\n"
ASKED = "  - {id: asked, ask: librarian, form: handed}\n"
MADE = "  - {id: paper, make: card}\n"
ATTACHED = TOLD % ", attach: paper"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ASKED + TOLD % "", MADE + ASKED + ATTACHED, ("never_made: paper",)),
        (ASKED + TOLD % "", ASKED + MADE + ATTACHED, ()),
        (MADE + ASKED + TOLD % "", MADE + ASKED + ATTACHED, ()),
        (ASKED + TOLD % "", MADE + ASKED + TOLD % "", ()),
    ],
    ids=["passed", "still to come", "made before", "not sent"],
)
def test_a_document_that_will_be_missing_is_told_before(desk: Desk, old: str, new: str, said: tuple[str, ...]) -> None:
    publish(desk, workflow("paper", old))
    run_id = begin(desk, "paper")
    publish(desk, workflow("paper", new))
    assert look(desk, run_id)[0].warnings == said


def test_a_document_of_the_other_items_is_still_to_come(desk: Desk) -> None:
    steps = ITEMS["items.yaml"]
    publish(desk, ITEMS)
    run_id = start_with_form(desk.rt, "items", "n1", {"books": ["pan", "hunger"]}, NO_SUBJECT, LIBRARIAN).run_id
    seen = "      - {id: seen, ask: librarian, form: handed}\n"
    wanted = seen.replace("      ", "      - {id: paper, make: card}\n      ", 1) + "    " + ATTACHED
    publish(desk, {**ITEMS, "items.yaml": steps.replace(seen, wanted)})
    assert look(desk, run_id)[0].warnings == ()


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
