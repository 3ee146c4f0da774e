"""Every shipped form in every language that has all of its words: other words, the same form, nothing left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from forms_service.commands.preview import preview_app
from forms_service.language.completeness import COMMENT, languages_of, sources_in
from forms_service.language.files import LANGUAGES, gather
from forms_service.language.notes import Notes
from forms_service.settings import read_settings
from forms_service.settings.places import shipped_folder
from forms_service.texts import catalogue
from forms_service.translation.po_file import read_catalogue
from forms_service.translation.spoken import own_catalogue
from forms_service.translation.update import Source, update
from tools.words import COMMENT as OWN_COMMENT
from tools.words import LANGUAGES as OWN
from tools.words import sources

FILES = gather(shipped_folder("workflows"), shipped_folder("pdf_templates"), Notes())
SOURCES = sources_in(FILES)
FORMS = sorted({each.context for each in SOURCES if each.context.startswith("forms/")})


def complete() -> Iterator[tuple[str, str]]:
    for code in languages_of(FILES):
        updated = update(FILES[f"{LANGUAGES}{code}.po"], code, SOURCES, COMMENT)
        waiting = {each.context for each in updated.missing}
        yield from ((code, form) for form in FORMS if form not in waiting)


COMPLETE = sorted(complete())


class Page(HTMLParser):
    """What stands in the main part of a page, what its form would send, and the language of the page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.is_main = False
        self.said: set[str] = set()
        self.controls: list[tuple[str, str, str]] = []
        self.languages: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.languages += [found.get("lang", "")] if tag == "html" else []
        self.is_main = self.is_main or tag == "main"
        if not self.is_main:
            return
        self.said |= {found[name] for name in ("aria-label", "title", "placeholder") if name in found}
        own = found.get("name", "").startswith("_") or found.get("name") == "csrf_token"
        if tag in ("input", "select", "textarea", "option") and not own:
            self.controls.append((tag, found.get("name", ""), found.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.is_main:
            self.said.add(" ".join(data.split()))

    def handle_endtag(self, tag: str) -> None:
        self.is_main = self.is_main and tag != "main"


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Somebody who looks at the shipped forms one by one."""
    folder = tmp_path_factory.mktemp("author")
    return preview_app(read_settings(folder, {}, make_key=False), shipped_folder("workflows")).test_client()


def read_in(author: FlaskClient, language: str, form: str) -> Page:
    answer = author.get(f"/skjemaer/{Path(form).stem}?sprak={language}&role=coordinator")
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def left_over(page: Page, words: Mapping[str, str]) -> set[str]:
    """Texts that are called something else in the page's language and stand there all the same."""
    return {text for text, translated in words.items() if translated not in {"", text} and text in page.said}


@pytest.mark.parametrize(("language", "form"), COMPLETE)
def test_a_form_in_another_language_is_the_same_form_with_other_words(author: FlaskClient, language: str, form: str):
    plain, other = read_in(author, "nb", form), read_in(author, language, form)
    assert other.controls == plain.controls
    assert (plain.languages, other.languages) == (["nb"], [language])
    own = read_catalogue(FILES[f"{LANGUAGES}{language}.po"], language)
    ours = own_catalogue(language)
    words = {each.text: own.words(each.text, form) for each in SOURCES if each.context == form}
    pages = {each.text: ours.words(each.text) for each in sources() if not each.context}
    said = {text: ours.words(text, key) for key, text in catalogue().items() if key.startswith("common.")}
    assert left_over(other, {**pages, **said, **words}) == set()


@pytest.mark.parametrize("language", ["nn", "en"])
def test_all_that_the_shipped_folder_says_can_be_read_in_nynorsk_and_english(language: str):
    file = FILES[f"{LANGUAGES}{language}.po"]
    updated = update(file, language, SOURCES, COMMENT)
    assert updated.missing == ()
    assert updated.file == file, "forms-service texts"
    assert {"intake.yaml", "forms/intake.yaml", "documents/agreement/document.yaml"} <= {s.context for s in SOURCES}


@pytest.mark.parametrize("file", sorted(OWN.glob("*.po")), ids=lambda file: file.name)
def test_our_own_words_are_all_there_and_up_to_date(file: Path):
    updated = update(file.read_text(encoding="utf-8"), file.stem, sources(), OWN_COMMENT)
    assert updated.missing == ()
    assert updated.file == file.read_text(encoding="utf-8"), "python -m tools.words"


@pytest.mark.parametrize("file", sorted(OWN.glob("*.po")), ids=lambda file: file.name)
def test_our_own_words_have_the_same_places_to_fill_in(file: Path):
    known = own_catalogue(file.stem)
    wrong = [each for each in sources() if not _fits(each, known.words(each.text, each.context))]
    assert wrong == []


def _fits(source: Source, words: str) -> bool:
    """Both kinds of places: %(name)s in templates, {name} in the catalogue. No quotation mark ends an attribute."""

    def places(text: str) -> set[str]:
        return {part for part in text.replace("%(", " %(").replace("{", " {").split() if part[:1] in "%{"}

    def name(part: str) -> str:
        return part.split(")", maxsplit=1)[0] if part.startswith("%") else part.split("}", maxsplit=1)[0]

    return {name(part) for part in places(source.text)} == {name(part) for part in places(words)} and '"' not in words
