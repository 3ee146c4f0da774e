from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.setup import frontend

CHECKOUT = Path(__file__).parents[3]

INSTALL = """
import pathlib, sys
assert sys.argv[1:3] == ["ci", "--ignore-scripts"], sys.argv
for source in {sources!r}:
    target = pathlib.Path("node_modules") / source
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(source)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with nothing but the lock file."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(CHECKOUT / name, tmp_path)
    return tmp_path


@pytest.fixture
def npm(tmp_path: Path) -> tuple[str, ...]:
    """A program that lays files where npm would."""
    script = tmp_path / "npm.py"
    script.write_text(INSTALL.format(sources=sorted(frontend.COPIES.values())))
    return (sys.executable, str(script))


def test_every_file_of_the_table_is_copied_and_then_nothing_is_left_to_do(root, npm):
    assert not frontend.is_current(root)
    frontend.fetch(root, npm)
    assert frontend.is_current(root)
    assert all((root / target).read_text() == source for target, source in frontend.COPIES.items())


def test_a_missing_file_or_another_lock_file_makes_it_fetch_again(root, npm):
    frontend.fetch(root, npm)
    (root / next(iter(frontend.COPIES))).unlink()
    assert not frontend.is_current(root)
    frontend.fetch(root, npm)
    (root / "package-lock.json").write_text("{}")
    assert not frontend.is_current(root)


def test_what_the_table_no_longer_names_goes_away(root, npm):
    old = root / frontend.PAGES / "old.js"
    frontend.fetch(root, npm)
    old.write_text("old")
    frontend.fetch(root, npm)
    assert not old.exists()


def test_no_node_modules_stay_behind(root, npm):
    frontend.fetch(root, npm)
    assert list(root.rglob("node_modules")) == []


def test_a_failing_npm_is_not_taken_for_success(root):
    with pytest.raises(subprocess.CalledProcessError):
        frontend.fetch(root, (sys.executable, "-c", "raise SystemExit(1)"))
    assert not frontend.is_current(root)


def test_the_lock_file_pins_all_and_names_no_registry():
    lock = json.loads((CHECKOUT / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
    wanted = json.loads((CHECKOUT / "package.json").read_text())["dependencies"]
    assert all(packages[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())
