"""Whole runs: finding them, looking at one, stopping them."""

from __future__ import annotations

import pytest

from forms_service.engine.operate.cancel import cancel
from forms_service.engine.operate.detail import RunDetail, detail_of
from forms_service.engine.operate.pause import pause_run
from forms_service.engine.operate.search import RunLine, RunSearch, find_runs
from forms_service.errors import AlreadyDone, NotFound, ReasonMissing
from forms_service.storage.papers import DocumentRow
from tests.integration.engine.conftest import Desk
from tests.integration.engine.loan import LIBRARIAN
from tests.integration.engine.operate.workshop import ADMIN, answer, begin, event, run_of, statuses


def find(desk: Desk, **search: object) -> list[RunLine]:
    with desk.rt.database.reading() as session:
        return list(find_runs(desk.rt, session, RunSearch(**search)).rows)  # type: ignore[arg-type]


def look(desk: Desk, run_id: str) -> RunDetail:
    with desk.rt.database.reading() as session:
        return detail_of(desk.rt, session, run_id)


def some_runs(desk: Desk) -> dict[str, str]:
    """Three runs, a minute apart."""
    found = {}
    for key in ("care", "lanes", "rest"):
        found[key] = begin(desk, key)
        desk.pass_time(minutes=1)
    return found


def test_the_newest_run_comes_first_with_where_it_stands(desk: Desk) -> None:
    some_runs(desk)
    lines = find(desk)
    assert [line.workflow for line in lines] == ["rest", "lanes", "care"]
    assert [line.now for line in lines] == [("rest/over",), ("Was it handed over?",), ("Was it handed over?",)]
    assert {line.subject for line in lines} == {"L-1"}
    assert [line.title for line in lines] == ["Rest", "Lanes", "Care"]


def test_runs_are_found_by_workflow_status_id_start_key_and_document_number(desk: Desk) -> None:
    runs = some_runs(desk)
    pause_run(desk.rt, runs["rest"], "Wait", ADMIN)
    number = desk.rows(DocumentRow)[0].number
    assert [line.id for line in find(desk, workflow="care")] == [runs["care"]]
    assert [line.id for line in find(desk, status="paused")] == [runs["rest"]]
    assert [line.id for line in find(desk, text=runs["care"][:8])] == [runs["care"]]
    assert [line.id for line in find(desk, text="about:lanes:")] == [runs["lanes"]]
    assert [line.id for line in find(desk, text=number)] == [runs["lanes"]]
    assert find(desk, text="librarian") == []
    assert find(desk, text="%") == []


def test_runs_that_stand_still_are_found(desk: Desk) -> None:
    runs = some_runs(desk)
    desk.service.addresses.pop("reader")
    answer(desk, "look")
    desk.pass_time(days=11)
    assert [line.id for line in find(desk, stopped=True)] == [runs["care"]]
    assert find(desk, workflow="care")[0].stopped
    assert not find(desk, workflow="rest")[0].stopped


def test_the_next_page_begins_where_the_last_one_ended(desk: Desk) -> None:
    some_runs(desk)
    seen: list[str] = []
    after = ""
    with desk.rt.database.reading() as session:
        for _ in range(3):
            page = find_runs(desk.rt, session, RunSearch(), limit=1, after=after)
            seen.extend(line.workflow for line in page.rows)
            after = page.next
        assert (seen, after) == (["rest", "lanes", "care"], "")
        with pytest.raises(NotFound):
            find_runs(desk.rt, session, RunSearch(), after="nonsense")


def test_a_run_shows_its_steps_who_did_what_and_what_can_be_done(desk: Desk) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    found = look(desk, run_id)
    steps = {step.path: step for step in found.steps}
    assert steps["look"].answered_by == LIBRARIAN.person_id
    assert steps["look"].can == frozenset()
    assert steps["rest/over"].status == "sleeping"
    assert steps["rest/over"].can == {"skip", "due"}
    assert found.can == {"pause", "cancel"}
    assert (found.version, found.newest_version) == (1, 1)
    assert [event.number for event in found.events] == list(range(1, len(found.events) + 1))


def test_a_run_shows_its_parent_and_its_children(desk: Desk) -> None:
    parent = begin(desk, "parent")
    child = look(desk, parent).children[0]
    assert child.workflow == "care"
    assert look(desk, child.id).parent == find(desk, workflow="parent")[0]
    with pytest.raises(NotFound):
        look(desk, "no-such-run")


def test_a_run_that_is_stopped_leaves_nothing_open(desk: Desk) -> None:
    run_id = begin(desk)
    answer(desk, "look")
    desk.pass_time(days=11)
    cancel(desk.rt, run_id, "Sold", ADMIN)
    assert run_of(desk, run_id).status == "cancelled"
    assert run_of(desk, run_id).outcome == "stopped"
    assert set(statuses(desk, run_id).values()) == {"done", "cancelled"}
    said = event(desk, run_id, "run_cancelled")
    assert (said.person_id, said.detail["reason"]) == (ADMIN.person_id, "Sold")
    sent = len(desk.post.sent)
    desk.pass_time(days=30)
    assert len(desk.post.sent) == sent


def test_a_run_is_stopped_once_and_for_a_reason(desk: Desk) -> None:
    run_id = begin(desk)
    with pytest.raises(ReasonMissing):
        cancel(desk.rt, run_id, "", ADMIN)
    cancel(desk.rt, run_id, "Sold", ADMIN)
    with pytest.raises(AlreadyDone):
        cancel(desk.rt, run_id, "Sold", ADMIN)
    with pytest.raises(NotFound):
        cancel(desk.rt, "no-such-run", "Sold", ADMIN)


def test_a_paused_run_can_be_stopped(desk: Desk) -> None:
    run_id = begin(desk)
    pause_run(desk.rt, run_id, "Wait", ADMIN)
    cancel(desk.rt, run_id, "Sold", ADMIN)
    assert set(statuses(desk, run_id).values()) == {"cancelled"}


def test_the_runs_it_waits_for_go_on_unless_somebody_wants_them_stopped_too(desk: Desk) -> None:
    parent = begin(desk, "parent")
    child = look(desk, parent).children[0].id
    cancel(desk.rt, parent, "Sold", ADMIN)
    assert run_of(desk, child).status == "active"
    cancel(desk.rt, parent, "Sold", ADMIN, children=True)
    assert run_of(desk, child).status == "cancelled"
    with pytest.raises(AlreadyDone):
        cancel(desk.rt, parent, "Sold", ADMIN, children=True)


def test_a_run_that_nobody_waits_for_is_nobody_s_to_stop(desk: Desk) -> None:
    parent = begin(desk, "starter")
    child = look(desk, parent).children[0].id
    cancel(desk.rt, parent, "Sold", ADMIN, children=True)
    assert run_of(desk, parent).status == "cancelled"
    assert run_of(desk, child).status == "active"


def test_whoever_waits_for_a_run_that_is_stopped_goes_on(desk: Desk) -> None:
    parent = begin(desk, "parent")
    child = look(desk, parent).children[0].id
    cancel(desk.rt, child, "Sold", ADMIN)
    desk.work_all()
    assert statuses(desk, parent)["after"] == "waiting"
    assert desk.step("child").result["outcome"] == "cancelled"
