"""Dates, numbers and free text as they are written in Norwegian."""

from __future__ import annotations

from datetime import date

import pytest

from forms_service.documents.norwegian import long_date, number, paragraphs


@pytest.mark.parametrize("value", [date(2026, 1, 15), "2026-01-15"])
def test_a_date_has_its_month_in_words_and_stays_on_one_line(value: date | str) -> None:
    assert long_date(value) == '<span class="unbroken">15. januar 2026</span>'


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_date_stays_empty(empty: str | None) -> None:
    assert long_date(empty) is None


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        long_date("i går")


@pytest.mark.parametrize(
    ("value", "written"), [(3.75, "3,75"), (3, "3"), (0, "0"), (12345.5, "12\xa0345,5"), (None, None)]
)
def test_numbers_have_a_comma(value: float | None, written: str | None) -> None:
    assert number(value) == written


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("En linje", "<p>En linje</p>"),
        ("To\nlinjer", "<p>To<br>linjer</p>"),
        ("To\n \n\n avsnitt \n", "<p>To</p><p>avsnitt</p>"),
        ("<b>fet</b> & {{ x }}", "<p>&lt;b&gt;fet&lt;/b&gt; &amp; {{ x }}</p>"),
        ("", ""),
        (None, ""),
    ],
)
def test_free_text_keeps_its_lines_and_is_never_html(text: str | None, html: str) -> None:
    assert paragraphs(text) == html
