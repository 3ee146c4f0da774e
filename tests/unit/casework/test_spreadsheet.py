"""A file for a spreadsheet: nothing in it is ever run."""

from __future__ import annotations

import pytest

from forms_service.casework.lists.spreadsheet import spreadsheet


@pytest.mark.parametrize("cell", ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "\n=1"])
def test_what_looks_like_a_formula_is_text(cell: str) -> None:
    body = spreadsheet(["A"], [[cell]]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert body.lstrip('"').startswith(f"'{cell[:1]}")


def test_everything_else_stands_as_it_is() -> None:
    assert spreadsheet(["Når", "Hva"], [["2026-01-15", 'Ærlig; "talt"']]) == (
        b'\xef\xbb\xbfN\xc3\xa5r;Hva\r\n2026-01-15;"\xc3\x86rlig; ""talt"""\r\n'
    )
