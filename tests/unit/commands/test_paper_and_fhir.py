"""``forms-service paper`` and ``forms-service fhir``: a form to print, and a form for other systems."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from forms_service.cli import main
from tests.unit.forms.r4 import wrong_in_questionnaire

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(autouse=True)
def umask():
    """The command line sets it for its whole process, which here is that of all tests."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def folder(instance, tmp_path, monkeypatch):
    monkeypatch.setenv("FORMS_INSTANCE", str(instance))
    monkeypatch.chdir(tmp_path)


def test_a_form_is_printed_by_its_name_into_this_folder(tmp_path, capsys) -> None:
    assert main(["paper", "intake"]) == 0
    assert capsys.readouterr().out == "Wrote intake.pdf\n"
    assert (tmp_path / "intake.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_the_same_form_is_printed_in_the_same_bytes(tmp_path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert main(["paper", "intake", "-o", name]) == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_form_of_another_trade_is_printed_by_its_path(tmp_path) -> None:
    form = INPUTS / "lending" / "workflows" / "forms" / "loan.yaml"
    assert main(["paper", str(form), "-o", "other.pdf"]) == 0
    assert (tmp_path / "other.pdf").stat().st_size > 1000


def test_fhir_is_printed_or_written(tmp_path, capsys) -> None:
    assert main(["fhir", "intake"]) == 0
    printed = capsys.readouterr().out
    assert wrong_in_questionnaire(json.loads(printed)) == []
    assert main(["fhir", "intake", "-o", "intake.json"]) == 0
    assert (tmp_path / "intake.json").read_text("utf-8") == printed


@pytest.mark.parametrize("command", ["paper", "fhir"])
@pytest.mark.parametrize("name", ["finnes_ikke", "nowhere/forms/intake.yaml", "", "../intake"])
def test_a_form_that_is_not_there_is_said_in_words(command: str, name: str, capsys) -> None:
    assert main([command, name]) == 1
    assert "There is no" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["paper", "fhir"])
def test_a_file_that_cannot_be_written_is_said_in_words(command: str, tmp_path, capsys) -> None:
    assert main([command, "intake", "-o", str(tmp_path)]) == 1
    assert "cannot be written" in capsys.readouterr().err
