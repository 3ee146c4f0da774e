"""The catalogue of words that people see."""

from __future__ import annotations

from importlib.resources import files

import pytest

from forms_service.language.notes import Notes
from forms_service.language.strict_yaml import read_yaml
from forms_service.texts import UnknownText, catalogue, said_if_known, say
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.spoken import speak


def test_a_text_is_found_by_its_dotted_key() -> None:
    assert say("common.must_be_filled_in") == "Må fylles ut"


def test_yes_and_no_are_texts() -> None:
    assert (say("common.yes"), say("common.no")) == ("Ja", "Nei")


@pytest.mark.parametrize("key", ["common", "common.unheard_of", "unheard_of", ""])
def test_an_unknown_text_is_refused(key: str) -> None:
    with pytest.raises(UnknownText):
        say(key)


def test_a_placeholder_without_a_value_is_refused() -> None:
    key = next(key for key, text in catalogue().items() if "{" in text)
    with pytest.raises(UnknownText, match="placeholder"):
        say(key)


def test_the_catalogue_repeats_no_key() -> None:
    notes = Notes()
    read_yaml(files("forms_service").joinpath("texts", "nb.yaml").read_text(encoding="utf-8"), "nb.yaml", notes)
    assert notes.problems == []


@pytest.mark.parametrize(
    "key", [key for key in catalogue() if key.startswith(("accounts.mail.", "upkeep.digest.", "paper."))]
)
def test_letters_and_papers_are_in_bokmaal_whoever_has_them_made(key: str) -> None:
    speak("en")
    try:
        assert said_if_known(key) == catalogue()[key]
    finally:
        speak(SOURCE)
