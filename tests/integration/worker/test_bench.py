"""Every part of the bench runs, with numbers so small that they say nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import PARTS, main

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("part", sorted(PARTS.keys() - {"desk"}))  # its cities take minutes beside other tests
def test_the_bench_still_runs(part: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", part, "--small"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"== {part} ==" in done.stdout
    assert len(done.stdout.splitlines()) > 2, "it measured nothing"


def test_a_part_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stepps"]) == 2
    assert "no part stepps" in capsys.readouterr().out
