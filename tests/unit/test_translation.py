"""Catalogues of texts: read, written, and kept when the texts change."""

from __future__ import annotations

import pytest

from forms_service.translation.catalogue import Catalogue, Entry
from forms_service.translation.po_file import UnreadableCatalogue, as_file, read_catalogue
from forms_service.translation.update import Source, update

YES, NO = Source("a.yaml", "Ja", ("x.choices.1", "y.choices.1")), Source("a.yaml", "Nei")


def filled(file: str, source: str, words: str) -> str:
    assert f'msgid "{source}"\nmsgstr ""' in file
    return file.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{words}"')


def test_a_translation_outlives_that_its_text_is_away_for_a_while():
    file = filled(update("", "nn", [YES, NO], "# Us").file, "Nei", "Nope")
    away = update(file, "nn", [YES], "# Us")
    assert '#~ msgstr "Nope"' in away.file
    assert away.in_all == 1
    back = update(away.file, "nn", [YES, NO], "# Us")
    assert "#~" not in back.file
    assert read_catalogue(back.file, "nn").words("Nei", "a.yaml") == "Nope"


def test_what_has_no_translation_is_not_kept_when_its_text_goes():
    assert "Nei" not in update(update("", "nn", [YES, NO], "# Us").file, "nn", [YES], "# Us").file


def test_a_file_in_which_nothing_has_changed_stays_as_it_is():
    file = filled(update("", "nn", [YES, NO], "# Us").file, "Ja", "Joda")
    assert update(file, "nn", [YES, NO], "# Us").file == file


def test_a_translation_for_one_place_alone_stays():
    file = update("", "nn", [YES], "# Us").file + '\nmsgctxt "a.yaml#x.choices.1"\nmsgid "Ja"\nmsgstr "Jau"\n'
    again = update(file, "nn", [YES], "# Us")
    catalogue = read_catalogue(again.file, "nn")
    assert catalogue.words("Ja", "a.yaml#x.choices.1", "a.yaml") == "Jau"
    assert catalogue.words("Ja", "a.yaml#y.choices.1", "a.yaml") == ""
    assert again.missing == (YES,)


def test_a_doubtful_translation_counts_as_missing():
    file = filled(update("", "nn", [YES], "# Us").file, "Ja", "Joda")
    assert update(file.replace("#. x", "#, fuzzy\n#. x"), "nn", [YES], "# Us").missing == (YES,)


def test_the_same_entries_always_give_the_same_file():
    one, other = Entry("a", "Ja", "Yes", 9), Entry("a", "Nei", 'No, "no"\nnever {{ x }}', 3)
    file = as_file(Catalogue("en", (other, one)))
    assert file == as_file(Catalogue("en", (one, other)))
    assert read_catalogue(file, "en").words("Nei", "a") == 'No, "no"\nnever {{ x }}'


@pytest.mark.parametrize(
    "torn", ["no po", 'msgid "a"\nmsgid "b"\n', 'msgid "\\', 'msgid ""\nmsgstr "POT-Creation-Date: then\\n"\n']
)
def test_what_is_no_catalogue_is_refused_in_words(torn: str):
    with pytest.raises(UnreadableCatalogue):
        read_catalogue(torn, "nn")
