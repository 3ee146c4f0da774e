"""Forms while they are written: shown from the folder as it is, with what is wrong in it, and nothing stored."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forms_service.commands.preview import preview, preview_app
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.language.files import Files
from forms_service.language.problems import Problem
from forms_service.settings import read_settings
from forms_service.settings.places import shipped_folder
from forms_service.storage.runs import RunRow, SubmissionRow
from forms_service.web.preview import reading
from tests.integration.desk.visitor import TOKEN, SignIn, Visitor

FORM = """\
form: look
title: A look
sections:
  - title: All
    fields:
      - {name: word, label: Which word?, type: text, required: Write the word}
      - {name: day, label: Which day?, type: date}
      - {name: secret, label: And between us?, type: text, show_when: me.role = "coordinator"}
rules:
  - {must: day > today, at: day, text: Choose a day to come}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped workflows with a form beside them that somebody has begun."""
    for name in ("workflows", "pdf_templates"):
        shutil.copytree(shipped_folder(name), tmp_path / name)
    (tmp_path / "workflows" / "forms" / "look.yaml").write_text(FORM, encoding="utf-8")
    return tmp_path / "workflows"


@pytest.fixture
def author(folder: Path) -> Visitor:
    """At her own machine, where nobody signs in."""
    app = preview_app(read_settings(folder.parent / "instance", {}, make_key=False), folder)
    return Visitor(app.test_client())


def send(author: Visitor, path: str, **answers: str) -> TestResponse:
    """What a browser posts from the open page."""
    [token] = TOKEN.findall(author.read(path))[:1]
    return author.client.post(path, data={"csrf_token": token, **answers})


def write(folder: Path, text: str) -> None:
    (folder / "forms" / "look.yaml").write_text(text, encoding="utf-8")


def test_every_form_of_the_folder_can_be_looked_at(author: Visitor, folder: Path) -> None:
    listed = author.read("/skjemaer")
    for file in sorted((folder / "forms").glob("*.yaml")):
        assert f'href="/skjemaer/{file.stem}"' in listed
        assert "Forhåndsvisning" in author.read(f"/skjemaer/{file.stem}")


def test_the_page_shows_the_file_as_it_is_now(author: Visitor, folder: Path) -> None:
    assert "Which word?" in author.read("/skjemaer/look")
    write(folder, FORM.replace("Which word?", "Which sentence?"))
    assert "Which sentence?" in author.read("/skjemaer/look")


def test_an_open_page_is_told_when_the_file_has_changed(author: Visitor, folder: Path) -> None:
    [eye] = re.findall(r'hx-get="([^"]+)"', author.read("/skjemaer/look?role=peer"))
    still = author.get(eye.replace("&amp;", "&"))
    assert (still.status_code, "HX-Redirect" in still.headers) == (204, False)
    write(folder, FORM + "# more\n")
    assert author.get(eye.replace("&amp;", "&")).headers["HX-Redirect"] == "/skjemaer/look?role=peer"


def test_a_file_that_goes_and_comes_back_is_waited_for(author: Visitor, folder: Path) -> None:
    [eye] = re.findall(r'hx-get="([^"]+)"', author.read("/skjemaer/look?role=peer"))
    (folder / "forms" / "look.yaml").unlink()
    assert "HX-Redirect" not in author.get(eye.replace("&amp;", "&")).headers
    gone = author.get("/skjemaer/look?role=peer")
    assert (gone.status_code, "Filen finnes ikke i mappen nå" in gone.text) == (404, True)
    [waiting] = re.findall(r'hx-get="([^"]+)"', gone.text)
    assert "HX-Redirect" not in author.get(waiting.replace("&amp;", "&")).headers
    write(folder, FORM)
    assert "HX-Redirect" not in author.get(eye.replace("&amp;", "&")).headers  # it is as it was
    assert author.get(waiting.replace("&amp;", "&")).headers["HX-Redirect"] == "/skjemaer/look?role=peer"


def test_what_is_wrong_stands_by_its_question_with_its_line(author: Visitor, folder: Path) -> None:
    write(folder, FORM.replace("type: date", "type: date, minimum: 3"))
    page = author.read("/skjemaer/look")
    assert "Ett problem i filen" in page
    assert '<a class="ds-link" href="#svar-day">«Which day?»</a>' in page
    assert re.search(r">forms/look.yaml:7:\d+: A field of type date has no &#34;minimum&#34;.", page)
    assert "Which word?" in page
    assert str(folder) not in page


def test_what_is_wrong_with_a_rule_belongs_to_no_question(author: Visitor, folder: Path) -> None:
    write(folder, FORM.replace("day > today", "day > word"))
    page = author.read("/skjemaer/look")
    assert "Ett problem i filen" in page
    assert 'href="#svar-' not in page


def test_a_file_that_cannot_be_read_says_why_and_is_still_followed(author: Visitor, folder: Path) -> None:
    write(folder, "form: [look")
    page = author.read("/skjemaer/look")
    assert "Skjemaet kan ikke vises før filen kan leses" in page
    assert "forms/look.yaml:" in page
    assert "hx-get" in page
    assert "Kan ikke leses" in author.read("/skjemaer")


def test_problems_of_other_files_are_counted(author: Visitor, folder: Path) -> None:
    (folder / "forms" / "other.yaml").write_text("form: others\ntitle: T\n", encoding="utf-8")
    assert "i andre filer" in author.read("/skjemaer/look")


def test_a_role_sees_the_questions_that_are_for_it(author: Visitor) -> None:
    assert "And between us?" not in author.read("/skjemaer/look")
    assert "And between us?" in author.read("/skjemaer/look?role=coordinator")
    assert "And between us?" not in author.read("/skjemaer/look?role=nobody-like-that")


def test_what_is_sent_is_looked_at_as_any_other_post(author: Visitor) -> None:
    refused = send(author, "/skjemaer/look", word="", day="2001-01-01")
    assert refused.status_code == 422
    assert "Write the word" in refused.text
    refused = send(author, "/skjemaer/look", word="yes", day="2001-01-01")
    assert "Choose a day to come" in refused.text


def test_good_answers_are_shown_as_they_would_be_stored(author: Visitor) -> None:
    taken = send(author, "/skjemaer/look", word="  two   words ", day="")
    assert taken.status_code == 200
    assert "Her er ingenting lagret" in taken.text
    assert "<td>two words</td>" in taken.text


def test_a_form_that_is_not_there_is_not_found(author: Visitor) -> None:
    for path in (
        "/skjemaer/nothing",
        "/skjemaer/..%2Fintake",
        "/skjemaer/%2e%2e",
        "/skjemaer/a%00b",
        "/skjemaer/nothing/endret2",
    ):
        assert author.get(path).status_code == 404


def test_the_command_names_a_form_that_is_not_there(folder: Path) -> None:
    settings = read_settings(folder.parent / "instance", {}, make_key=False)
    with pytest.raises(NotFound, match='no form "nothing"'):
        preview(settings, str(folder / "forms" / "nothing.yaml"), 8001)


def test_an_admin_sees_the_forms_of_the_service_and_nothing_is_stored(signed_in_as: SignIn, rt: Runtime) -> None:
    admin = signed_in_as("astrid")
    assert "/drift/skjemaer" in admin.read("/drift")
    assert "/drift/skjemaer/intake" in admin.read("/drift/skjemaer")
    assert "Forhåndsvisning" in admin.read("/drift/skjemaer/intake")
    assert send(admin, "/drift/skjemaer/self_evaluation", less_isolated="3").status_code == 200
    with rt.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SubmissionRow)) == 0
        assert session.scalar(select(func.count()).select_from(RunRow)) == 0


@pytest.mark.parametrize("person", ["nora", "pia", "berit", "trond"])
def test_nobody_else_finds_them(signed_in_as: SignIn, person: str) -> None:
    visitor = signed_in_as(person)
    for path in ("/drift/skjemaer", "/drift/skjemaer/intake", "/drift/skjemaer/intake/endret"):
        assert visitor.get(path).status_code == 404


def test_a_file_that_was_looked_at_is_not_asked_for_again(author: Visitor, folder: Path) -> None:
    """Nothing is kept, so it is not there any more when the form is sent the second time."""
    write(folder, FORM.replace("rules:", "      - {name: letter, label: Which letter?, type: file}\nrules:"))
    shown = send(author, "/skjemaer/look", letter="letter", word="x", day="2099-01-01")
    assert (shown.status_code, "Which letter?» på nytt" in shown.text) == (200, False)


def test_a_folder_that_nobody_saves_in_is_checked_once(
    author: Visitor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Files] = []

    def count(files: Files, *rest: object) -> tuple[Problem, ...]:
        checked.append(files)
        return ()

    monkeypatch.setattr(reading, "check_gathered", count)
    author.read("/skjemaer/look")
    author.read("/skjemaer/intake")
    assert len(checked) == 1


def test_a_text_as_long_as_the_last_one_and_of_the_same_moment_is_another_text(author: Visitor, folder: Path) -> None:
    file = folder / "forms" / "look.yaml"
    author.read("/skjemaer/look")
    moment = file.stat()
    write(folder, FORM.replace("Which word?", "Which work?"))
    os.utime(file, ns=(moment.st_atime_ns, moment.st_mtime_ns))
    assert "Which work?" in author.read("/skjemaer/look")
