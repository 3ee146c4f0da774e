from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.setup import environment

RUN, DEVELOP = Path("requirements.lock"), Path("requirements-dev.lock")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in a path with a space, whose locks ask for nothing; its environment is made once, for it is slow."""
    folder = tmp_path_factory.mktemp("environment") / "a checkout"
    folder.mkdir()
    (folder / RUN).write_text("# run\n")
    (folder / DEVELOP).write_text("# develop\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        environment.prepare(RUN)
    return folder


@pytest.fixture
def checkout(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made)
    (made / RUN).write_text("# run\n")
    environment.prepare(RUN)
    return made


def made_at(folder: Path) -> int:
    return (folder / environment.MARKER).stat().st_mtime_ns


def test_an_environment_that_holds_the_lock_is_left_alone(checkout):
    first = made_at(checkout)
    environment.prepare(RUN)
    assert made_at(checkout) == first


def test_another_lock_is_installed(checkout):
    first = made_at(checkout)
    (checkout / RUN).write_text("# changed\n")
    environment.prepare(RUN)
    assert made_at(checkout) > first


def test_the_development_environment_will_do_for_running(checkout):
    environment.prepare(DEVELOP)
    first = made_at(checkout)
    environment.prepare(RUN)
    assert made_at(checkout) == first


def test_an_environment_that_was_moved_belongs_to_its_new_place(checkout, tmp_path, monkeypatch):
    moved = Path(shutil.copytree(checkout, tmp_path / "moved here", symlinks=True))
    monkeypatch.chdir(moved)
    environment.prepare(RUN)
    (link,) = moved.glob(".venv/lib/python*/site-packages/forms_service_checkout.pth")
    assert link.read_text() == f"{moved}\n"
    assert str(moved) in (moved / environment.MARKER).read_text()


def test_the_command_of_the_checkout_works_from_anywhere(checkout, tmp_path):
    (checkout / "forms_service").mkdir()
    (checkout / "forms_service" / "__main__.py").write_text("import sys; print('called', *sys.argv[1:])\n")
    said = subprocess.check_output([str(checkout / ".venv/bin/forms-service"), "a b"], cwd=tmp_path, text=True)
    assert said == "called a b\n"
