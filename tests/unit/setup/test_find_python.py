from __future__ import annotations

import os
import subprocess
from pathlib import Path

FIND = Path(__file__).parents[3] / "tools" / "setup" / "find-python"


def find(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """Run it where nothing but ``folder`` and a shell can be found."""
    return subprocess.run(
        ["/bin/sh", str(FIND), *names], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )


def pretend(folder: Path, name: str, new_enough: bool) -> None:
    script = folder / name
    script.write_text(f"#!/bin/sh\ncase $1 in --version) echo Python 3.9.2;; *) exit {0 if new_enough else 1};; esac\n")
    script.chmod(0o755)


def test_a_python_that_is_new_enough_is_taken(tmp_path):
    pretend(tmp_path, "python3", new_enough=True)
    assert find(tmp_path).stdout == "python3\n"


def test_an_old_python3_gives_way_to_a_newer_one_under_its_own_name(tmp_path):
    pretend(tmp_path, "python3", new_enough=False)
    pretend(tmp_path, "python3.12", new_enough=True)
    assert find(tmp_path).stdout == "python3.12\n"


def test_the_python_that_was_asked_for_comes_first(tmp_path):
    pretend(tmp_path, "python3", new_enough=True)
    pretend(tmp_path, "mine", new_enough=True)
    assert find(tmp_path, "mine").stdout == "mine\n"


def test_an_old_python_alone_is_refused_with_its_version_and_a_way_out(tmp_path):
    pretend(tmp_path, "python3", new_enough=False)
    done = find(tmp_path)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this machine's python3 is Python 3.9.2" in done.stderr
    assert "apt-get install python3" in done.stderr


def test_no_python_at_all_is_said(tmp_path):
    assert "this machine has no python3" in find(tmp_path).stderr


def test_the_script_can_be_run():
    assert os.access(FIND, os.X_OK)
