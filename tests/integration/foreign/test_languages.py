"""A described service is read in its reader's language as far as its catalogues go: roles, records and refusals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from forms_service.app import create_app
from forms_service.engine.library import Library
from forms_service.engine.runtime import Runtime
from forms_service.language.completeness import sources_in
from forms_service.language.files import read_files
from forms_service.storage.database import Database
from forms_service.translation.spoken import speak
from forms_service.web.words import refusal_in_words, role_words, stored_title
from tests.integration.foreign.trade import INPUTS, open_trade

TWICE = "Lånet er forlenget før, og kan bare forlenges én gang."
EN = f"""\
msgctxt "service.yaml"
msgid "Bibliotekar"
msgstr "Librarian"

msgctxt "service.yaml"
msgid "Lån"
msgstr "Loan"

msgctxt "service.yaml"
msgid "{TWICE}"
msgstr "The loan has been extended once, and cannot be extended again."
"""


def in_english(rt: Runtime) -> Runtime:
    files = {**rt.library.files, "languages/en.po": EN}
    return replace(rt, library=Library(files, rt.service.vocabulary))


def test_what_a_described_service_says_to_people_is_said_in_their_language(database: Database, tmp_path: Path) -> None:
    rt = in_english(open_trade("lending", database, tmp_path / "instance", "2026-01-15").rt)
    with create_app(rt).app_context():
        speak("en")
        said = role_words("librarian"), stored_title("Lån"), refusal_in_words("move_refused", TWICE)
        unknown = role_words("head")
        speak("nb")
        plain = role_words("librarian"), refusal_in_words("move_refused", TWICE)
    assert said == ("librarian", "Loan", "The loan has been extended once, and cannot be extended again.")
    assert unknown == "biblioteksjef"
    assert plain == ("bibliotekar", TWICE)


def test_all_that_a_described_service_says_is_listed_for_translators() -> None:
    folder = INPUTS / "lending"
    found = sources_in(read_files(folder / "workflows", folder / "pdf_templates"))
    listed = {each.text: each.places for each in found if each.context == "service.yaml"}
    assert listed["Biblioteksjef"] == ("roles.head.title",)
    assert listed["Lån"] == ("subjects.loan.title",)
    assert listed[TWICE] == ("moves.extend.refusal",)
