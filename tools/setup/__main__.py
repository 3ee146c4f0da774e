"""``python -m tools.setup run|test|bench|front-end``: what the Makefile calls before anything else."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from forms_service.machine.needs import TO_RUN, TO_TEST, Need, install_command
from tools.setup import environment, frontend, system
from tools.setup.say import SetupFailed, step, warn

ROOT = Path(__file__).resolve().parents[2]


def prepare_run() -> None:
    system.insist(system.prepare(TO_RUN))
    environment.prepare(Path("requirements.lock"))
    prepare_front_end()


def prepare_test() -> None:
    lacking = system.prepare((*TO_RUN, *TO_TEST))
    environment.prepare(Path("requirements-dev.lock"))
    prepare_front_end()
    if lacking:
        _say_what_is_skipped(lacking)


def prepare_bench() -> None:
    """What the tests need, and what ours is measured beside."""
    prepare_test()
    environment.add(Path("requirements-bench.lock"))


def _say_what_is_skipped(lacking: list[Need]) -> None:
    for need in lacking:
        warn(f"  Missing: {need.name} ({need.why}); tests that need it are skipped")
    warn(f"  Install it with: {install_command(lacking)}")
    if os.environ.get("CI") == "true":
        raise SetupFailed("CI=true: here every test must run.")


def prepare_front_end() -> None:
    if not frontend.is_current(ROOT):
        npm = frontend.npm_here() or _npm_from_wheel()
        with step("Fetching the front-end files of package-lock.json"):
            _fetch(npm)


def _npm_from_wheel() -> tuple[str, ...]:
    """Node.js and npm as a Python package, for a machine that has none."""
    with step("Installing Node.js into .venv, because there is no npm here"):
        environment.install(Path("requirements-npm.lock"))
    return (str(environment.PYTHON.absolute()), *frontend.NPM_FROM_WHEEL[1:])


def _fetch(npm: tuple[str, ...]) -> None:
    try:
        frontend.fetch(ROOT, npm, str(environment.PYTHON.absolute()))
    except (subprocess.CalledProcessError, OSError) as problem:
        raise SetupFailed(f"The front-end files could not be fetched: {problem}") from None


@contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups in one checkout wait for each other."""
    Path(".cache").mkdir(exist_ok=True)
    with Path(".cache/setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


TASKS: dict[str, Callable[[], None]] = {
    "run": prepare_run,
    "test": prepare_test,
    "bench": prepare_bench,
    "front-end": prepare_front_end,
}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in TASKS:
        warn(f"usage: python -m tools.setup {'|'.join(TASKS)}")
        return 2
    os.chdir(ROOT)
    try:
        with _alone():
            TASKS[arguments[0]]()
    except SetupFailed as problem:
        warn(f"{problem}\nSet-up stopped.")
        return 1
    except KeyboardInterrupt:
        warn("\nSet-up was interrupted; start it again to go on.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
