"""F15: another version of a workflow is published while runs are under way, by several processes at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from sqlalchemy import select

from forms_service.engine.library import Library
from forms_service.storage.runs import DefinitionRow, RunRow, StepRow
from tests.faults.conftest import Times
from tests.faults.home import Home, how_it_should_go
from tests.faults.people import Scenario, borrow
from tests.faults.solo import Solo
from tests.faults.town import town_files
from tests.integration.engine.loan import LIBRARY

ROUNDS = 200


def edition(number: int) -> Mapping[str, str]:
    """The town's files, with an errand that has one step more or less, and another title each time."""
    files = dict(town_files())
    extra = "  - {id: extra, do: count}\n  - end: done" if number % 2 else "  - end: done"
    text = files["errand.yaml"].replace("  - end: done", extra)
    return {**files, "errand.yaml": text.replace("without people", f"without people, edition {number}")}


def publish_at_once(home: Home, files: Mapping[str, str]) -> Library:
    """Three processes start with the new files at the same moment."""
    libraries = [Library(files, LIBRARY) for _ in range(3)]
    gate = threading.Barrier(3)

    def publish(library: Library) -> None:
        gate.wait()
        with home.database.writing() as session:
            library.publish(session, home.clock.now())

    threads = [threading.Thread(target=publish, args=(library,)) for library in libraries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return libraries[0]


def stop_midway(home: Home, solo: Solo, turns: int) -> None:
    for _ in range(turns):
        solo.act()


def test_each_run_keeps_the_version_that_it_began_with(home: Home, times: Times) -> None:
    rounds = range(1, times(ROUNDS, minimum=2) + 1)
    for old, new in pairwise([0, *rounds]):
        home.begin_again()
        before: Scenario = tuple(borrow(f"old-{new}-{n}", "errand") for n in range(3))
        after: Scenario = tuple(borrow(f"new-{new}-{n}", "errand") for n in range(2))
        old_rt = replace(home.rt, library=publish_at_once(home, edition(old)))
        stop_midway(home, Solo(old_rt, before), home.dice.randrange(4))
        Solo(old_rt, before).act()
        new_rt = replace(home.rt, library=publish_at_once(home, edition(new)))
        Solo(new_rt, before + after).play()
        assert_versions_are_whole(home, new)
        home.account(before + after, expected=None)
        assert_runs_went_as_they_began(home, old, new)


def assert_versions_are_whole(home: Home, newest: int) -> None:
    with home.database.reading() as session:
        found = session.execute(select(DefinitionRow.workflow, DefinitionRow.version))
        versions = [(workflow, version) for workflow, version in found]
    assert set(Counter(versions).values()) == {1}
    errands = sorted(version for workflow, version in versions if workflow == "errand")
    assert errands == list(range(1, len(errands) + 1))
    assert len(errands) <= newest + 2


def assert_runs_went_as_they_began(home: Home, old: int, new: int) -> None:
    for prefix, number in (("old", old), ("new", new)):
        plan = (borrow(f"{prefix}-{new}-0", "errand"),)
        told = how_it_should_go(plan, tuple(edition(number).items()))[plan[0].nonce]
        steps = {line[0] for line in told.steps}
        with home.database.reading() as session:
            runs = session.scalars(select(RunRow).where(RunRow.start_key.startswith(f"form:reader-1:{prefix}-{new}-")))
            for run in runs:
                assert paths_of(home, run.id) == steps


def paths_of(home: Home, run_id: str) -> set[str]:
    with home.database.reading() as session:
        return set(session.scalars(select(StepRow.path).where(StepRow.run_id == run_id)))
