from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from forms_service.supervision.child import Child, Part, how
from forms_service.supervision.crew import Crew

FOREVER = (sys.executable, "-c", "import time; time.sleep(60)")
AT_ONCE = (sys.executable, "-c", "pass")


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Whether it becomes so within ten seconds."""
    until = time.monotonic() + 10
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def crew():
    crew = Crew()
    yield crew
    crew.stop()


def test_a_part_that_ends_well_is_started_again_too(crew):
    crew.start(Part("worker", AT_ONCE))
    (child,) = crew.children
    assert wait_until(lambda: not child.is_alive())
    now = time.monotonic()
    assert child.tend(now) == "worker ended (exit status 0); starting it again in 0.5 s"
    assert child.tend(now + 0.4) is None
    assert child.process is None
    child.tend(now + 0.6)
    assert child.process is not None


def test_each_pause_is_longer_than_the_one_before_and_none_is_endless(crew):
    crew.start(Part("worker", AT_ONCE))
    (child,) = crew.children
    pauses = []
    for _ in range(9):
        assert wait_until(lambda: not child.is_alive())
        now = time.monotonic()
        child.tend(now)
        pauses.append(round(child.start_at - now, 1))
        child.tend(child.start_at)
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_part_that_was_well_for_long_starts_again_quickly(crew):
    crew.start(Part("worker", AT_ONCE))
    (child,) = crew.children
    child.pause = 16.0
    assert wait_until(lambda: not child.is_alive())
    now = child.began + 61
    child.tend(now)
    assert child.start_at - now == 0.5


def test_stopping_leaves_no_child_of_a_child(crew, tmp_path):
    told = tmp_path / "pid"
    grandchild = (
        f"import subprocess, time; p = subprocess.Popen({FOREVER!r}); open({str(told)!r}, 'w').write(f'{{p.pid}} ')"
    )
    crew.start(Part("web", (sys.executable, "-c", f"{grandchild}; time.sleep(60)")))
    assert wait_until(lambda: told.exists() and told.read_text().endswith(" "))
    crew.stop()
    assert wait_until(lambda: is_gone(int(told.read_text())))


def test_a_part_that_does_not_listen_is_killed(crew, monkeypatch, tmp_path):
    monkeypatch.setattr("forms_service.supervision.crew.PATIENCE", 0.5)
    ready = tmp_path / "ready"
    deaf = f"import signal, time; signal.signal(15, signal.SIG_IGN); open({str(ready)!r}, 'w'); time.sleep(60)"
    crew.start(Part("valkey", FOREVER), Part("worker", (sys.executable, "-c", deaf)))
    assert wait_until(ready.exists)
    crew.stop()
    assert [child.process.returncode for child in crew.children] == [-signal.SIGTERM, -signal.SIGKILL]


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    told = tmp_path / "pid"
    parent = (
        "import time; from pathlib import Path; from forms_service.supervision.child import Child, Part\n"
        f"child = Child(Part('worker', {FOREVER!r})); child.start()\n"
        f"Path({str(told)!r}).write_text(f'{{child.process.pid}} '); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], cwd=Path(__file__).parents[3])
    assert wait_until(lambda: told.exists() and told.read_text().endswith(" "))
    process.kill()
    process.wait()
    assert wait_until(lambda: is_gone(int(told.read_text())))


def test_a_part_gets_our_environment_and_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("OURS", "1")
    said = tmp_path / "said"
    code = f"import os; open({str(said)!r}, 'w').write(os.environ['OURS'] + os.environ['ITS'])"
    child = Child(Part("x", (sys.executable, "-c", code), {"ITS": "2"}))
    child.start()
    child.wait(time.monotonic() + 10)
    assert said.read_text() == "12"


def test_how_a_process_ended_is_said_in_words():
    assert how(0) == "exit status 0"
    assert how(-9) == "killed by SIGKILL"
