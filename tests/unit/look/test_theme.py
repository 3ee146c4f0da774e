"""The theme is what its file says, and can be read: in light, in dark, and in an installation's own colour."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from forms_service.settings.colour import WHITE, contrast, readable_on_white
from forms_service.settings.words import own_colour
from forms_service.web.look.scale import stylesheet, theme_shades
from tools.theme.__main__ import STYLESHEET, origin

SITE = STYLESHEET.with_name("site.css").read_text(encoding="utf-8")
OWN = ("#7a1f4b", "#0b5cad", "#4d5a00", "#333333", "#8f3f00")
WORDS = ("text-default", "text-subtle")
BEHIND = ("background-default", "background-tinted", "surface-default", "surface-tinted")


def ours(scheme: int) -> Mapping[str, str]:
    """The colours of site.css: the first of light-dark is for light."""
    found = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)", SITE)
    return {name: _long((light, dark)[scheme]) for name, light, dark in found}


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(part * 2 for part in colour[1:])


def shades_of(css: str) -> Mapping[str, str]:
    return dict(re.findall(r"--ds-color-brand1-([a-z-]+):(#[0-9a-f]{6});", css))


def assert_readable(shades: Mapping[str, str]) -> None:
    for words in WORDS:
        for behind in BEHIND:
            assert contrast(shades[words], shades[behind]) >= 4.5, (words, behind)
    for state in ("default", "hover", "active"):
        assert contrast(shades["base-contrast-default"], shades[f"base-{state}"]) >= 4.5, state
    assert contrast(shades["border-strong"], shades["background-default"]) >= 3


def test_the_stylesheet_is_made_from_what_lies_in_git() -> None:
    assert STYLESHEET.read_text(encoding="utf-8").startswith(origin()), "python -m tools.theme"


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_theme_can_be_read(scheme: int) -> None:
    assert_readable(theme_shades()[scheme])


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("words", ["ink", "ink-soft"])
@pytest.mark.parametrize("behind", ["canvas", "paper", "sunken"])
def test_our_own_ink_can_be_read_on_our_own_paper(scheme: int, words: str, behind: str) -> None:
    assert contrast(ours(scheme)[words], ours(scheme)[behind]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("behind", ["canvas", "paper", "sunken"])
def test_links_and_accents_can_be_read_on_our_own_paper(scheme: int, behind: str) -> None:
    assert contrast(theme_shades()[scheme]["text-subtle"], ours(scheme)[behind]) >= 4.5


@pytest.mark.parametrize("colour", OWN)
def test_an_installations_own_colour_reads_as_well_as_the_theme(colour: str) -> None:
    light, dark, _ = stylesheet(colour).splitlines()
    assert_readable(shades_of(light))
    assert_readable(shades_of(dark))


def test_without_a_colour_of_its_own_nothing_stands_over_the_theme() -> None:
    assert stylesheet("") == ""


@pytest.mark.parametrize("colour", ["", *OWN, "#1F6259"])
def test_a_colour_that_can_be_read_is_taken(colour: str) -> None:
    assert own_colour(colour) == colour.lower()


@pytest.mark.parametrize("colour", ["#ffd400", "#7fc8a9", "#ffffff", "#ff7a00"])
def test_a_colour_that_nobody_can_read_is_refused_and_the_nearest_that_can_is_named(colour: str) -> None:
    with pytest.raises(ValueError, match=r"contrast of \d\.\d:1 against white") as refused:
        own_colour(colour)
    nearest = str(refused.value).rsplit(" ", 1)[1]
    assert own_colour(nearest) == nearest == readable_on_white(colour)
    assert contrast(nearest, WHITE) < 4.9


@pytest.mark.parametrize("colour", ["green", "#12345", "1f6259", "#1f6259; } body {", "rgb(1,2,3)"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="must be a colour such as"):
        own_colour(colour)
