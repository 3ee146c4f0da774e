"""What an installation chooses for its pages: its colour, its mark and its word for a peer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forms_service.app import create_app
from forms_service.engine.runtime import Runtime
from forms_service.errors import SettingsError
from forms_service.settings import read_settings
from tests.integration.desk.visitor import Visitor

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


def settings_file(folder: Path, lines: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(f"[service]\n{lines}\n", encoding="utf-8")
    return folder


def pages_of(rt: Runtime, **chosen: str) -> Visitor:
    settings = replace(rt.settings, service=replace(rt.settings.service, **chosen))
    return Visitor(create_app(replace(rt, settings=settings)).test_client())


def signed_in(visitor: Visitor, key: str) -> Visitor:
    assert visitor.post("/inn", person=key).status_code == 302
    return visitor


def test_without_a_choice_a_page_asks_for_nothing_more(rt: Runtime):
    page = pages_of(rt).read("/inn")
    assert "utseende.css" not in page
    assert "/merke" not in page


def test_the_colour_comes_after_the_theme_on_every_page_and_may_be_kept(rt: Runtime):
    visitor = pages_of(rt, colour="#7a1f4b")
    page = visitor.read("/inn")
    assert page.index("theme.css") < page.index("/utseende.css") < page.index("site.css")
    answer = visitor.get("/utseende.css")
    assert answer.mimetype == "text/css"
    assert "--ds-color-brand1-base-default:#" in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_the_mark_is_shown_beside_the_name_and_says_nothing_twice(rt: Runtime, tmp_path: Path):
    (tmp_path / "own.svg").write_text(DRAWING, encoding="utf-8")
    visitor = pages_of(rt, logo=str(tmp_path / "own.svg"))
    assert '<img class="site-logo" src="/merke" alt="">' in visitor.read("/inn")
    assert visitor.get("/merke").text == DRAWING


@pytest.mark.parametrize(
    ("word", "menu", "asked"),
    [
        ("likemann", "Likemenn", "likemann"),
        ("likeperson", "Likepersoner", "likeperson"),
        ("mentor", "Mentorer", "mentor"),
    ],
)
def test_a_peer_is_called_what_the_installation_says(rt: Runtime, word: str, menu: str, asked: str):
    solveig = signed_in(pages_of(rt, peer_label=word), "solveig")
    assert f'href="/likemenn">{menu}</a>' in solveig.read("/konto")
    solveig.post("/ut")
    assert f"Send en forespørsel om {asked}," in solveig.read("/inn")


def test_a_word_that_nobody_knows_goes_as_most_words_or_as_the_settings_say(rt: Runtime):
    assert ">Støtteer</a>" in signed_in(pages_of(rt, peer_label="støtte"), "solveig").read("/konto")
    own = pages_of(rt, peer_label="støtte", peer_plural="støtter")
    assert ">Støtter</a>" in signed_in(own, "solveig").read("/konto")


def test_a_known_word_is_said_in_other_languages(rt: Runtime):
    solveig = signed_in(pages_of(rt, peer_label="likeperson"), "solveig")
    solveig.get("/konto?sprak=en")
    assert ">Peer supporters</a>" in solveig.read("/konto")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('colour = "#ffd400"', "service.colour in .* has a contrast of 1.4:1 against white"),
        ('colour = "gul"', "service.colour in .* must be a colour"),
        ('logo = "finnes-ikke.svg"', "service.logo in .* must be a file"),
        ('logo = "settings.toml"', "service.logo in .* must be a picture"),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_starts(tmp_path: Path, lines: str, told: str):
    with pytest.raises(SettingsError, match=told):
        read_settings(settings_file(tmp_path / "own", lines), {})


def test_a_logo_lies_beside_the_settings(tmp_path: Path):
    folder = settings_file(tmp_path / "own", 'logo = "own.svg"\ncolour = "#7A1F4B"')
    (folder / "own.svg").write_text(DRAWING, encoding="utf-8")
    service = read_settings(folder, {}).service
    assert (service.logo, service.colour) == (str(folder / "own.svg"), "#7a1f4b")
