"""``forms-service picture``: a workflow as a page or as Mermaid text."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from forms_service.cli import main

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(autouse=True)
def umask():
    """The command line sets it for its whole process, which here is that of all tests."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def folder(instance, monkeypatch):
    monkeypatch.setenv("FORMS_INSTANCE", str(instance))


def test_a_shipped_workflow_is_drawn_by_its_name(capsys) -> None:
    assert main(["picture", "intake", "--mermaid"]) == 0
    assert capsys.readouterr().out.startswith('flowchart TD\n  n1(["Start: Skjemaet «Forespørsel om likemann»')


def test_without_mermaid_it_is_a_page_of_its_own(tmp_path, capsys) -> None:
    assert main(["picture", "intake", "--out", str(tmp_path / "intake.html")]) == 0
    page = (tmp_path / "intake.html").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""
    assert "<title>Forespørsel om likemann</title>" in page
    assert ".picture-drawing" in page
    assert "src=" not in page
    ET.fromstring(page[page.index("<figure") : page.index("</figure>") + 9])


def test_a_workflow_of_another_trade_is_drawn_with_the_words_of_its_service(capsys) -> None:
    path = INPUTS / "approval" / "workflows" / "equipment.yaml"
    assert main(["picture", str(path), "--mermaid"]) == 0
    assert "Til den som ber om utstyret" in capsys.readouterr().out


def test_the_installations_own_word_for_a_peer_is_used(instance, capsys) -> None:
    instance.mkdir(exist_ok=True)
    (instance / "settings.toml").write_text('[service]\npeer_label = "likeperson"\n', encoding="utf-8")
    assert main(["picture", "contact_log", "--mermaid"]) == 0
    assert "Av likeperson eller koordinator" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["finnes_ikke", "nowhere/intake.yaml", "", "../intake"])
def test_a_workflow_that_is_not_there_is_said_in_words(name: str, capsys) -> None:
    assert main(["picture", name]) == 1
    assert "There is no" in capsys.readouterr().err


def test_a_folder_with_problems_is_said_in_words(tmp_path, capsys) -> None:
    (tmp_path / "broken.yaml").write_text("workflow: broken\n", encoding="utf-8")
    assert main(["picture", str(tmp_path / "broken.yaml")]) == 1
    assert "broken.yaml" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said_in_words(tmp_path, capsys) -> None:
    assert main(["picture", "intake", "--out", str(tmp_path)]) == 1
    assert "cannot be written" in capsys.readouterr().err
