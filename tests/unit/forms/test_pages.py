"""A form on several pages: which of them apply, and what stands on them."""

from __future__ import annotations

from dataclasses import replace

from forms_service.forms.context import Context
from forms_service.forms.fill import Filled, typed
from forms_service.language.definitions import Field, Form, Section
from tests.unit.forms.asking import a_field, a_form, posted

SIGNED = a_field("by_owner", "signature", signer="owner")


def on_pages(*pages: tuple[str, tuple[Field, ...]]) -> Form:
    sections = tuple(Section(f"Del {title}", fields, page=title) for title, fields in pages)
    return replace(a_form(), sections=sections)


def numbers(filled: Filled) -> list[tuple[int, str]]:
    return [(page.number, page.title) for page in filled.pages()]


def test_a_form_without_pages_has_one_and_nothing_above_it() -> None:
    filled = typed(a_form(a_field("one"), a_field("two")), Context(), posted())
    assert numbers(filled) == [(1, "")]
    assert filled.pages()[0].names == {"one", "two"}


def test_sections_stand_on_the_page_that_began_last() -> None:
    form = on_pages(("Først", (a_field("one"),)), ("", (a_field("two"),)), ("Så", (a_field("three"),)))
    filled = typed(form, Context(), posted())
    assert [sorted(page.names) for page in filled.pages()] == [["one", "two"], ["three"]]
    assert numbers(filled) == [(1, "Først"), (2, "Så")]


def test_a_page_on_which_nothing_applies_is_left_out_and_the_others_keep_their_numbers() -> None:
    asked = (a_field("more", "yes_no"),), (a_field("why", when='more = "yes"'),), (a_field("last"),)
    form = on_pages(*zip(("A", "B", "C"), asked, strict=True))
    assert numbers(typed(form, Context(), posted())) == [(1, "A"), (3, "C")]
    assert numbers(typed(form, Context(), posted(more="yes"))) == [(1, "A"), (2, "B"), (3, "C")]


def test_what_is_signed_stands_on_no_page() -> None:
    filled = typed(on_pages(("A", (a_field("one"), SIGNED)), ("B", (SIGNED,))), Context(), posted())
    assert numbers(filled) == [(1, "A")]
    assert filled.on_pages() == {"one"}
    assert [group.title for group in filled.to_sign()] == ["Del A", "Del B"]


def test_a_form_that_is_signed_has_a_last_look() -> None:
    assert a_form(a_field("one"), SIGNED).has_review
    assert replace(a_form(a_field("one")), review=True).has_review
    assert not a_form(a_field("one")).has_review
