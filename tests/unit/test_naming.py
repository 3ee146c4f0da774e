"""The chosen word for a peer takes the place of the written one in its form, with its capital, in every language."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from forms_service.language.peers import naming_of, peer_words
from forms_service.settings import ServiceIdentity
from forms_service.translation.naming import AS_WRITTEN

STIFINNER = MappingProxyType(
    {
        "peer_label": "stifinner",
        "peer_definite": "stifinneren",
        "peer_plural": "stifinnere",
        "peer_plural_definite": "stifinnerne",
    }
)
SERVICE = ServiceIdentity("Tjenesten", "Organisasjonen", "", "", "", "")


def said(text: str, language: str = "nb", **chosen: str) -> str:
    return naming_of(replace(SERVICE, **(chosen or STIFINNER))).said(text, language)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ta en prat med likemannen", "Ta en prat med stifinneren"),
        ("Likemannens vurdering", "Stifinnerens vurdering"),
        ("Likemenn og likemennene", "Stifinnere og stifinnerne"),
        ("Den valgte er ikke likemann.", "Den valgte er ikke stifinner."),
        ("likemannstjenesten, likemannsarbeid", "likemannstjenesten, likemannsarbeid"),
        ("Deltakeren, {name}, {{ match.peer_name }}", "Deltakeren, {name}, {{ match.peer_name }}"),
    ],
)
def test_each_form_of_the_word_is_the_same_form_of_the_other(written: str, read: str) -> None:
    assert said(written) == read


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("mentor", "A mentor, the mentor’s view. Mentors"),
        ("stifinner", "A stifinner, the stifinner’s view. Stifinners"),
        ("ambassadør", "An ambassadør, the ambassadør’s view. Ambassadørs"),
    ],
)
def test_in_english_the_article_goes_along(label: str, read: str) -> None:
    assert said("A peer supporter, the peer supporter’s view. Peer supporters", "en", peer_label=label) == read


def test_a_word_that_ends_in_s_has_its_genitive_as_one_writes_it() -> None:
    assert said("likemanns ansvar", peer_label="kompis") == "kompis’ ansvar"


def test_a_word_that_is_known_goes_as_the_language_has_it_and_another_as_most_words_do() -> None:
    likeperson, fadder = (replace(SERVICE, peer_label=word) for word in ("likeperson", "fadder"))
    assert peer_words(likeperson, "nn")["the_many"] == "likepersonane"
    assert peer_words(likeperson, "en")["one"] == "peer supporter"
    assert peer_words(fadder, "nn")["many"] == "fadderar"
    assert peer_words(fadder, "en")["the_many"] == "the fadders"


def test_where_nothing_is_chosen_every_text_stays_as_it_is_written() -> None:
    assert naming_of(SERVICE) == AS_WRITTEN
