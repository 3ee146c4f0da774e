"""DBOS beside ours: a workflow of five no-op steps, called directly as its documentation does.

python -m tests.bench.peer_dbos ADDRESS: for each number on standard input that many runs, and their seconds back.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]


def is_here() -> bool:
    return find_spec("dbos") is not None


@contextmanager
def dbos(url: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.bench.peer_dbos", url.replace("postgresql+psycopg", "postgresql")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.terminate()


def seconds_for(process: subprocess.Popen[str], runs: int) -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{runs}\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def main(url: str) -> None:
    """Steps are made with one of its decorators, a workflow of them with another, and called like a function."""
    from dbos import DBOS  # noqa: PLC0415 - installed by make bench alone

    DBOS(config={"name": "bench", "system_database_url": url, "log_level": "ERROR"})
    steps = [DBOS.step(name=name)(nothing) for name in ("one", "two", "three", "four", "five")]
    five_steps = DBOS.workflow(name="five_steps")(lambda: [step() for step in steps])
    DBOS.launch()
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            five_steps()
        print(time.perf_counter() - began, flush=True)


def nothing() -> None:
    return None


if __name__ == "__main__":
    main(sys.argv[1])
