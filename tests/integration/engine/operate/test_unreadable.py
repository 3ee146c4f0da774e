"""Runs of a version that this program cannot read any more: they stand still, and everything else goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import pytest

from forms_service.engine.operate.cancel import cancel
from forms_service.engine.operate.detail import detail_of
from forms_service.engine.operate.search import RunSearch, find_runs
from forms_service.engine.sweep import sweep
from forms_service.storage.runs import DefinitionRow, RunRow
from forms_service.worker.poll import poll_forever
from tests.integration.engine.conftest import Desk
from tests.integration.engine.operate.workshop import (
    ADMIN,
    CARE,
    begin,
    change,
    publish,
    run_of,
    statuses,
    workflow,
)

Files = Mapping[str, str]

WORDS = "words of somebody"


def unknown_word(files: Files) -> dict[str, str]:
    """As after an upgrade to a language that does not know one of its words any more."""
    return {name: text.replace("ask:", "colour: red, ask:") for name, text in files.items()}


def nothing_left(files: Files) -> dict[str, str]:
    """As nobody has foreseen it."""
    return {}


def spoil(desk: Desk, run_id: str, how: Callable[[Files], dict[str, str]] = unknown_word) -> None:
    with desk.rt.database.writing() as session:
        version = session.get_one(DefinitionRow, session.get_one(RunRow, run_id).definition_id)
        version.files = how(version.files)
    publish(desk, workflow("care", CARE.replace("10 days", "20 days")))


def lose(desk: Desk, path: str) -> None:
    """The worker that was at this step is gone."""
    for name, value in {"status": "running", "claimed_by": "gone", "attempt": 1}.items():
        change(desk, desk.step(path).id, name, value)


def is_gone(worker: str) -> bool:
    return worker == "gone"


def test_a_lost_step_of_an_unreadable_version_is_an_incident_and_others_are_taken_back(desk: Desk) -> None:
    unreadable, other = begin(desk), begin(desk, "rest")
    lose(desk, "look/late")
    lose(desk, "rest/over")
    spoil(desk, unreadable)
    assert sweep(desk.rt, is_gone) == 2
    assert statuses(desk, unreadable)["look/late"] == "incident"
    assert desk.step("look/late").problem.partition(":")[0] == "definition"
    assert statuses(desk, other)["rest/over"] == "ready"


def test_a_row_that_nobody_can_take_back_keeps_no_other_from_it(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    torn, other = begin(desk), begin(desk, "rest")
    lose(desk, "look/late")
    lose(desk, "rest/over")
    spoil(desk, torn, nothing_left)
    assert sweep(desk.rt, is_gone) == 1
    assert statuses(desk, other)["rest/over"] == "ready"
    assert desk.step("look/late").id in caplog.text


def test_the_poller_goes_on_whatever_happens_in_one_look(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    looks = []

    def breaks() -> int:
        looks.append(1)
        raise RuntimeError(WORDS)

    object.__setattr__(desk.rt, "bell", type("Bell", (), {"room": staticmethod(breaks)}))
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    poll_forever(desk.rt, stop, every=0.05)
    assert len(looks) > 1
    assert "RuntimeError" in caplog.text
    assert WORDS not in caplog.text


def test_lists_and_pages_show_an_unreadable_run_as_what_it_is(desk: Desk) -> None:
    unreadable, other = begin(desk), begin(desk, "rest")
    spoil(desk, unreadable)
    with desk.rt.database.reading() as session:
        lines = {line.id: line for line in find_runs(desk.rt, session, RunSearch()).rows}
        detail = detail_of(desk.rt, session, unreadable)
    assert (lines[unreadable].readable, lines[other].readable) == (False, True)
    assert (lines[unreadable].title, lines[unreadable].now) == ("care", ("Was it handed over?",))
    assert detail.can == {"cancel"}
    assert {step.can for step in detail.steps} == {frozenset()}


def test_an_unreadable_run_can_be_cancelled(desk: Desk) -> None:
    unreadable = begin(desk)
    spoil(desk, unreadable)
    cancel(desk.rt, unreadable, "Nobody can read it", ADMIN)
    assert run_of(desk, unreadable).status == "cancelled"


def test_a_move_about_the_same_subject_passes_an_unreadable_run_over(desk: Desk) -> None:
    unreadable = begin(desk)
    spoil(desk, unreadable)
    begin(desk, "bind")
    assert desk.step("home").status == "waiting"
    assert run_of(desk, unreadable).status == "active"
