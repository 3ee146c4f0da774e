"""Which files are read from the disk, and which are told instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.language.check import check
from forms_service.language.files import read_files
from forms_service.language.problems import InvalidDefinitions
from tests.unit.language.small import FOLDER, WORKSHOP


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The small service on the disk: workflows and pdf_templates."""
    workflows, templates = tmp_path / "workflows", tmp_path / "pdf_templates"
    for name, text in FOLDER.items():
        path = templates / name.removeprefix("documents/") if name.startswith("documents/") else workflows / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return workflows, templates


def told(workflows: Path, templates: Path) -> list[str]:
    root = f"{workflows.parent}/"
    return [str(problem).removeprefix(root) for problem in check(workflows, templates, WORKSHOP)]


def test_all_definitions_are_read_by_their_relative_paths(folders: tuple[Path, Path]) -> None:
    assert read_files(*folders) == FOLDER


def test_the_shared_folder_and_other_files_are_left_alone(folders: tuple[Path, Path]) -> None:
    workflows, templates = folders
    (templates / "_shared").mkdir()
    (templates / "_shared" / "document.html").write_text("x", encoding="utf-8")
    (templates / "slip" / "sample.yaml").write_text("x", encoding="utf-8")
    (workflows / "README.md").write_text("x", encoding="utf-8")
    assert read_files(*folders) == FOLDER


def test_folders_without_mistakes_have_no_problems(folders: tuple[Path, Path]) -> None:
    assert told(*folders) == []


def test_problems_are_told_with_the_path_that_can_be_opened(folders: tuple[Path, Path]) -> None:
    workflows, templates = folders
    (workflows / "forms" / "held.yaml").write_text(FOLDER["forms/held.yaml"].replace("title: Not", "titel: Not"))
    (templates / "slip" / "document.html").write_text("{{ nobody }}")
    assert told(*folders) == [
        'pdf_templates/slip/document.html:1:4: "nobody" is not in the "uses" of document.yaml.',
        'workflows/forms/held.yaml:2:1: There is no key "titel". Did you mean "title"?',
    ]


def test_a_file_that_is_no_text_is_told(folders: tuple[Path, Path]) -> None:
    (folders[0] / "forms" / "extra.yaml").write_bytes(b"form: \xff\xfe")
    assert told(*folders) == ["workflows/forms/extra.yaml:1:1: The file is not text in UTF-8."]
    with pytest.raises(InvalidDefinitions, match="UTF-8"):
        read_files(*folders)


def test_a_file_that_is_too_large_is_told_and_not_read(folders: tuple[Path, Path]) -> None:
    (folders[0] / "forms" / "extra.yaml").write_bytes(b"x" * 1_048_577)
    assert told(*folders) == ["workflows/forms/extra.yaml:1:1: The file is larger than 1 MB."]


@pytest.mark.parametrize(
    "name", ["workflows/forms/held.yaml", "workflows/messages/ready.yaml", "pdf_templates/slip/document.html"]
)
def test_a_file_that_nobody_could_read_is_told_once_and_not_called_unknown(
    folders: tuple[Path, Path], name: str
) -> None:
    (folders[0].parent / name).write_bytes(b"\xff")
    assert told(*folders) == [f"{name}:1:1: The file is not text in UTF-8."]


def test_a_link_out_of_the_folder_is_not_followed(folders: tuple[Path, Path], tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("form: extra", encoding="utf-8")
    (folders[0] / "forms" / "extra.yaml").symlink_to(secret)
    assert told(*folders) == [
        "workflows/forms/extra.yaml:1:1: This is no file of the folder; links that lead out of it are not followed."
    ]


def test_a_folder_that_is_called_like_a_file_is_told(folders: tuple[Path, Path]) -> None:
    (folders[0] / "odd.yaml").mkdir()
    assert "workflows/odd.yaml:1:1: This is no file of the folder" in told(*folders)[0]


def test_a_byte_order_mark_does_no_harm(folders: tuple[Path, Path]) -> None:
    path = folders[0] / "messages" / "ready.yaml"
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_files(*folders) == FOLDER


def test_folders_that_are_not_there_are_empty(tmp_path: Path) -> None:
    assert read_files(tmp_path / "no", tmp_path / "none") == {}
