"""An author sees the line and the place; editors still read the first line."""

from __future__ import annotations

import pytest

from forms_service.language.excerpt import with_excerpts
from forms_service.language.problems import Place, Problem


@pytest.fixture
def shown(tmp_path):
    def shown(text: str, line: int, column: int) -> list[str]:
        path = tmp_path / "a.yaml"
        path.write_bytes(text.encode())
        problem = Problem(Place(str(path), line, column), "Wrong.", "Mend it.")
        first, *rest = next(with_excerpts([problem])).split("\n")
        assert first == f"{path}:{line}:{column}: Wrong. Mend it."
        return rest

    return shown


def test_the_line_stands_under_the_words_and_the_caret_under_the_place(shown):
    assert shown("a: b\n  until: look.hous > 1\n", 2, 10) == ["      until: look.hous > 1", "             ^"]


def test_a_long_line_is_cut_around_the_place(shown):
    line, caret = shown("x" * 500 + "HERE" + "y" * 500, 1, 501)
    assert line == "    …" + "x" * 60 + "HERE" + "y" * 36 + "…"
    assert line[caret.index("^")] == "H"


def test_the_end_of_a_line_is_a_place_too(shown):
    assert shown("ab\n", 1, 3) == ["    ab", "      ^"]


def test_tabs_and_what_a_terminal_would_obey_are_one_sign_each(shown):
    assert shown("\ta\x1b[31m: b", 1, 3) == ["     a·[31m: b", "      ^"]


def test_signs_of_double_width_move_the_caret(shown):
    assert shown("日本: b", 1, 5) == ["    日本: b", "    " + " " * 6 + "^"]


def test_lines_are_counted_as_yaml_counts_them(shown):
    assert shown("a: 1\r\nb: 2\rc: 3\u2028d: 4", 4, 1) == ["    d: 4", "    ^"]


@pytest.mark.parametrize(("line", "column"), [(1, 9), (2, 1), (7, 1)])
def test_a_place_that_shows_nothing_has_no_excerpt(shown, line, column):
    assert shown("a: 1\n\nb: 2", line, column) == []


def test_a_file_that_cannot_be_read_has_no_excerpt(tmp_path):
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xff")
    problems = [Problem(Place(str(tmp_path / name), 1, 1), "Wrong.") for name in ("bytes.yaml", "missing.yaml")]
    assert list(with_excerpts(problems)) == [str(problem) for problem in problems]
