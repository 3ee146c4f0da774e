"""Hostile and very large folders: a clear error or acceptance, in bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from forms_service.language.check import problems_of
from tests.unit.language.hostile import FOLDERS, SIZED
from tests.unit.language.small import WORKSHOP

ROOT = Path(__file__).parents[3]
WELL = {
    *("10,000 asks and choices", "10,000 lanes", "1,000 workflows that wait in a chain", "10,000 documents"),
    *("5,000 moves from a form with 5,000 fields", "long expressions"),
    *(f"10,000 steps in {kind}" for kind in ("together", "each", "choose", "failed")),
}
SECONDS = 20
"""For one folder, on a machine that is busy with other things: about ten times what it takes."""


@pytest.fixture(scope="module")
def checked() -> dict[str, tuple[float, int, str]]:
    """How long each folder took and what was said of it, by a program that may use 1 GB and 300 seconds in all."""
    program = [sys.executable, "-m", "tests.unit.language.hostile"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: (seconds, count, said) for name, seconds, count, said in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_hostile_folder_is_over_soon(name: str, checked: Mapping[str, tuple[float, int, str]]) -> None:
    seconds, count, said = checked[name]
    assert seconds < SECONDS
    assert (count == 0) is (name in WELL), said


@pytest.mark.parametrize("name", SIZED)
def test_the_work_grows_as_the_folder_does(name: str) -> None:
    """Four times the size may be four times the work, and a little more for what is sorted."""
    small, large = work_for(name, 250), work_for(name, 1_000)
    assert large < 4.6 * small


def work_for(name: str, size: int) -> int:
    """How many functions are called to check a folder of a size."""
    files, calls = SIZED[name](size), 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    problems_of(files, WORKSHOP)  # what is done only once is done now
    sys.setprofile(count)
    try:
        problems_of(files, WORKSHOP)
    finally:
        sys.setprofile(None)
    return calls
