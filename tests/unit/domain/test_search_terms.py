"""Words as they are searched."""

from __future__ import annotations

import pytest

from forms_service.domain.search_terms import terms_of, words_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Åse-Marie Bjørnstad", ("ase", "marie", "bjornstad")),
        ("ÁNNE  liv", ("anne", "liv")),
        ("Æra", ("aera",)),
        ("+47 412 34 567", ("41234567",)),
        ("412 34", ("41234",)),
        ("2026-0001", ("20260001",)),
        ("  ", ()),
        ("<script>", ("script",)),
        ("%_*", ()),
        ("x" * 500, ("x" * 40,)),
        ("Liv Liv", ("liv",)),
        ("…", ()),
        ("-", ()),
    ],
)
def test_text_becomes_words_without_case_accents_and_signs(text: str, terms: tuple[str, ...]) -> None:
    assert terms_of(text) == terms


def test_a_case_is_found_by_its_whole_number_and_by_its_parts() -> None:
    assert words_of(["2026-0001", None, ""]) == {"20260001", "2026", "0001"}
