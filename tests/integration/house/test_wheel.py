"""What is built is whole: it holds what the checkout has, and starts where there is no checkout."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tools.setup.frontend import COPIES, PAGES

CHECKOUT = Path(__file__).parents[3]
BUILD = "import sys; from hatchling.build import build_{0} as build; print(build(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", CHECKOUT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", CHECKOUT, tmp_path_factory.mktemp("sdist"))


def build(what: str, source: Path, folder: Path) -> Path:
    """As a build front end does it, with the build backend that is locked."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD.format(what), str(folder)], cwd=source, capture_output=True, text=True, check=True
    )
    return folder / done.stdout.split()[-1]


def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def shipped(folder: str) -> set[str]:
    """What git knows of a folder, under the name it has in a wheel."""
    listed = subprocess.check_output(["git", "ls-files", "-z", folder], cwd=CHECKOUT, text=True)
    return {f"forms_service/shipped/{name}" for name in listed.split("\0") if name}


def test_the_wheel_holds_workflows_templates_and_fetched_files(wheel):
    inside = names(wheel)
    assert shipped("workflows") | shipped("pdf_templates") <= inside
    assert {name for name in COPIES if name.startswith(PAGES)} <= inside
    assert {f"forms_service/shipped/{name}" for name in COPIES if not name.startswith(PAGES)} <= inside


def test_the_wheel_holds_nothing_of_this_machine(wheel):
    inside = names(wheel)
    assert not [name for name in inside if "__pycache__" in name or name.startswith(("instance", "tests", "tools"))]
    assert not [name for name in inside if "node_modules" in name]


def test_a_wheel_made_from_the_sdist_is_the_same(wheel, sdist, tmp_path):
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # not in the first versions of Python 3.11
        archive.extractall(tmp_path)
    (source,) = tmp_path.iterdir()
    again = build("wheel", source, tmp_path)
    assert names(again) == names(wheel)


def test_an_installed_wheel_finds_its_own_workflows_and_fonts(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    environment = {"PYTHONPATH": str(tmp_path / "site"), "PATH": "/usr/bin:/bin"}
    run = [sys.executable, "-P", "-m", "forms_service"]
    checked = subprocess.run(
        [*run, "check"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    first, *languages = checked.stdout.splitlines() or [""]
    assert first == f"All is well in {tmp_path}/site/forms_service/shipped/workflows", checked.stderr
    assert [line.split()[0] for line in languages] == ["en:", "nn:"]
    told = subprocess.run([*run, "doctor"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "ok      Fonts of documents" in told.stdout
    assert "ok      Front-end files" in told.stdout
    assert f"{tmp_path}/instance/mailbox" in told.stdout
