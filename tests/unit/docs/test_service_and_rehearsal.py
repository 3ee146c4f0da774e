"""What the documentation shows is what the program does."""

from __future__ import annotations

import re
import shlex
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forms_service.cli import main
from forms_service.clock import FrozenClock
from forms_service.language.duration import parse_duration
from forms_service.language.files import read_files
from forms_service.rehearsal.happening import What
from forms_service.rehearsal.play import play_of
from forms_service.rehearsal.rehearse import rehearse
from forms_service.wiring import domain_of

ROOT = Path(__file__).parents[3]
SERVICE = (ROOT / "docs" / "service-yaml.md").read_text(encoding="utf-8")
REHEARSAL = (ROOT / "docs" / "rehearsal.md").read_text(encoding="utf-8")
OSLO = ZoneInfo("Europe/Oslo")
LENDING = ROOT / "tests" / "inputs" / "lending"


def code_in(text: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """The folder that docs/service-yaml.md writes out, file by file."""
    for name, text in re.findall(r"```yaml file=(\S+)\n(.*?)```", SERVICE, re.DOTALL):
        file = tmp_path / "workflows" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "workflows"


def test_the_service_that_is_shown_has_no_mistakes(shown: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(shown)]) == 0, capsys.readouterr().out


def test_the_service_that_is_shown_runs_to_its_end(shown: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(shown / "loan.yaml"), "--from", "2026-01-15"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2026-02-10 Tue 00:00  end        loan"


def test_the_rehearsal_that_is_shown_is_what_the_command_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, _, output = code_in(REHEARSAL, "").partition("\n")
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(command)[2:]) == 0
    assert capsys.readouterr().out == output


def test_the_answers_that_are_shown_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(code_in(REHEARSAL, "yaml"), encoding="utf-8")
    assert main(["simulate", str(LENDING / "workflows" / "loan.yaml"), "--answers", str(file), "--for", "1w"]) == 0


def test_the_test_that_is_shown_passes() -> None:
    names = {
        "play_of": play_of, "date": date, "datetime": datetime, "time": time, "domain_of": domain_of, "zone": OSLO,
        "rehearse": rehearse, "FrozenClock": FrozenClock, "parse_duration": parse_duration, "What": What,
        "files": read_files(LENDING / "workflows", LENDING / "pdf_templates"),
    }  # fmt: skip
    exec(code_in(REHEARSAL, "python"), names)
