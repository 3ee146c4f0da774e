from __future__ import annotations

import json
import os

import pytest

from forms_service import __version__
from forms_service.cli import main

BROKEN = "workflow: broken\ntitle: Brutt\nstart: {form: nowhere}\nsteps:\n  - {id: one, maek: thing}\n"


@pytest.fixture(autouse=True)
def umask():
    """The command line sets it for its whole process, which here is that of all tests."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture
def folder(instance, monkeypatch):
    """An instance that the command line finds by itself."""
    monkeypatch.setenv("FORMS_INSTANCE", str(instance))
    return instance


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"forms-service {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["check", "a", "b"]])
def test_a_wrong_call_shows_how_to_call_it(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: forms-service" in capsys.readouterr().err


def test_wrong_settings_are_said_without_a_traceback(folder, monkeypatch, capsys):
    monkeypatch.setenv("FORMS_PORT", "many")
    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "FORMS_PORT must be a whole number from 1 to 65535\n"


def test_the_shipped_folder_is_well(folder, capsys):
    assert main(["check"]) == 0
    assert "All is well" in capsys.readouterr().out


def test_check_says_all_problems_with_file_line_and_column(folder, tmp_path, capsys):
    workflows = tmp_path / "workflows"
    workflows.mkdir()
    (workflows / "broken.yaml").write_text(BROKEN)
    assert main(["check", str(workflows)]) == 1
    said = capsys.readouterr().out
    assert f"{workflows}/broken.yaml:5:" in said
    assert f"{workflows}/broken.yaml:3:" in said
    assert "problems in" in said


def test_check_shows_the_line_with_a_caret_under_the_place(folder, tmp_path, capsys):
    (tmp_path / "broken.yaml").write_text(BROKEN)
    main(["check", str(tmp_path)])
    said = capsys.readouterr().out.splitlines()
    line = next(number for number, text in enumerate(said) if 'There is no verb "maek"' in text)
    assert said[line].startswith(f"{tmp_path}/broken.yaml:5:15: ")
    assert said[line + 1 : line + 3] == ["      - {id: one, maek: thing}", "                  ^"]


def test_schemas_are_written_with_the_words_of_a_folder(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["schema"]) == 0
    said = capsys.readouterr().out
    written = {path.name: json.loads(path.read_text()) for path in (tmp_path / "schemas").iterdir()}
    assert written.keys() == {f"{kind}.schema.json" for kind in ("workflow", "form", "message", "document", "service")}
    asked = written["workflow.schema.json"]["$defs"]["ask"]["properties"]["ask"]
    assert "coordinator" in asked["enum"]
    told = json.loads(said[said.index("{") :])["yaml.schemas"]
    assert told["schemas/workflow.schema.json"][0].endswith("workflows/*.yaml")


def test_schemas_go_where_they_are_wanted(folder, tmp_path, capsys):
    workflows, out = tmp_path / "workflows", tmp_path / "deep" / "down"
    workflows.mkdir()
    assert main(["schema", "--folder", str(workflows), "--out", str(out)]) == 0
    assert (out / "workflow.schema.json").is_file()
    assert main(["schema", "--folder", str(tmp_path / "nowhere")]) == 1
    assert "There is no folder" in capsys.readouterr().err


def test_check_of_a_folder_that_is_not_there_is_refused(folder, capsys):
    assert main(["check", "/no/such/folder"]) == 1
    assert "/no/such/folder" in capsys.readouterr().err


def test_checking_writes_nothing(folder):
    main(["check"])
    assert not folder.exists()


def test_migrate_says_what_it_did(folder, capsys):
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("The database is at version")
    assert second.endswith("already.")


@pytest.mark.parametrize("part", ["worker", "poller", "web"])
def test_a_part_refuses_a_database_that_is_not_ready(folder, monkeypatch, part, capsys):
    monkeypatch.setenv("FORMS_PORT", "8917")
    assert main([part]) == 1
    assert "forms-service migrate" in capsys.readouterr().err
    assert not (folder / "forms.db").exists()
