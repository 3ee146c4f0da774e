"""Text as it may stand in an archived document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.documents.characters import BREAK_HERE, REPLACEMENT, Characters

KNOWN = {*map(ord, "abcdefghijklmnopqrstuvwxyzæøåÆØÅ0123456789 .,-–«»“”ŋŧáÁ□•✓"), 0xE000, 0x301}


@pytest.fixture
def characters() -> Characters:
    return Characters(KNOWN)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a\u030a", "å"),
        ("en\r\nto\rtre\u2028fire", "en\nto\ntre\nfire"),
        ("en\tto\u00a0tre\u202ffire", "en to tre fire"),
        ("sk\u00adjult\u200b\ufeff\x00\x1f\ufffe", "skjult"),
        ("\u202eomvendt\u202c", "omvendt"),
        ("\uf0b7 punkt", "• punkt"),
        ("☐ ✔", "□ ✓"),
        ("e\u2010post e\u2011post", "e-post e-post"),
        ("漢", REPLACEMENT),
        ("\ue000", REPLACEMENT),
        ("a\ufe0f\u20e3", "a"),
        ("\ud800", ""),
        ("“ŋáŧŧi”", "“ŋáŧŧi”"),
    ],
)
def test_what_is_printed_for_what_was_written(characters: Characters, written: str, printed: str) -> None:
    assert characters.clean_text(written) == printed


def test_texts_are_cleaned_however_deep_and_other_values_stay(characters: Characters) -> None:
    data = {"a": ["x\x00", {"b": "y\x00"}], "n": 3, "none": None, "pair": ("z\x00",)}
    assert characters.clean(data) == {"a": ["x", {"b": "y"}], "n": 3, "none": None, "pair": ["z"]}


def test_a_word_without_an_end_gets_places_to_break(characters: Characters) -> None:
    pieces = characters.clean_text("en " + "a" * 100).split(BREAK_HERE)
    assert max(map(len, pieces)) <= 33
    assert "".join(pieces) == "en " + "a" * 100


def test_a_title_is_one_line(characters: Characters) -> None:
    assert characters.line(" en\n\tto  " + "a" * 70) == "en to " + "a" * 70


@given(st.text(max_size=200))
def test_nothing_unprintable_is_left(text: str) -> None:
    characters = Characters(KNOWN)
    printed = characters.clean_text(text)
    assert set(printed) <= {chr(code) for code in KNOWN} | {"\n", BREAK_HERE}
    assert "\ue000" not in printed


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    characters = Characters(KNOWN)
    once = characters.line(text)
    assert characters.line(once) == once
