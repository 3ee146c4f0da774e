"""forms-service migrate-runs: a table first, and nothing moved before somebody says yes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.commands.conftest import House

SHIPPED = Path(__file__).parents[3] / "workflows"


@pytest.fixture
def workflows(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of workflows that a test may write into."""
    folder = shutil.copytree(SHIPPED, tmp_path / "workflows")
    monkeypatch.setenv("FORMS_WORKFLOWS", str(folder))
    return folder


def rewrite(workflows: Path, old: str, new: str) -> None:
    file = workflows / "death.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def versions(house: House, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    house.call("runs", "show", house.run_id)
    return capsys.readouterr().out.splitlines()[0].partition(":")[0]


def test_a_preview_changes_nothing_and_yes_moves(
    house: House, workflows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(workflows, "title: Registrer dødsfallet", "title: Skriv inn dødsfallet")
    assert house.call("migrate-runs", "death") == 0
    heads, line, hint = capsys.readouterr().out.splitlines()
    assert heads.split() == ["run", "from", "to", "stands", "at", "said"]
    assert line.split() == [house.run_id[:8], "1", "2", "recorded", "can", "be", "moved"]
    assert "--yes" in hint
    assert versions(house, capsys) == "death, version 1 of 2"
    assert house.call("migrate-runs", "death", "--yes", "--reason", "Bedre ord") == 0
    assert versions(house, capsys) == "death, version 2 of 2"
    assert house.step().title == "Skriv inn dødsfallet"
    assert house.call("migrate-runs", "death") == 0
    assert capsys.readouterr().out == "There is nothing to move.\n"


def test_a_run_that_would_lose_its_way_is_refused_with_status_1(
    house: House, workflows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(workflows, "recorded", "written_down")
    assert house.call("migrate-runs", "death", "--run", house.run_id[:6]) == 1
    assert "refused: the step is not there any more (recorded)" in capsys.readouterr().out
    assert house.call("migrate-runs", "death", "--yes", "--reason", "Likevel") == 1
    assert versions(house, capsys) == "death, version 1 of 2"


def test_moving_needs_a_reason_and_a_version_that_is_there(
    house: House, workflows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(workflows, "title: Dødsfall", "title: Et dødsfall")
    assert house.call("migrate-runs", "death", "--yes") == 1
    assert capsys.readouterr().err == "Say why: --reason\n"
    assert house.call("migrate-runs", "death", "--to", "7") == 1
    assert capsys.readouterr().err == "death has no version 7\n"
    assert house.call("migrate-runs", "closure", "--run", house.run_id) == 1
    assert "Not all of these are runs" in capsys.readouterr().err
