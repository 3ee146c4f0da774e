"""The page of accessibility results names every page of the service, and no finding."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from forms_service.web.access.table import LINES
from tools import accessibility
from tools.accessibility import NO_PAGES, PAGE, page, pages

AXE = {"at": "2026-01-15", "engine": "4.10", "width": 1280, "scheme": "light", "incomplete": {}}


def look(path: str, **said: object) -> dict[str, object]:
    return {"path": path, "passes": {"color-contrast": ["wcag2aa", "wcag143"]}, "violations": {}, **AXE, **said}


def test_every_page_that_can_be_opened_is_in_the_results() -> None:
    told = re.findall(r"^\| `(/[^`]*)` \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(pages().values()) - set(told) == set(), "make accessibility"


def test_no_finding_is_left_in_the_results() -> None:
    rows = re.findall(
        r"^\| `/[^`]*` \| [^|]* \| [^|]* \| [^|]* \| ([^|]*) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(rows) <= {"0", "not looked at by machine"}


def test_what_is_no_page_is_something_else_that_can_be_opened() -> None:
    assert NO_PAGES - LINES.keys() == set()


def test_a_result_is_counted_for_its_criterion_its_page_and_its_screen() -> None:
    told = page(
        [look("/oppgaver"), look("/oppgaver", scheme="dark"), look("/oppgaver", width=320), look("/finnes-ikke")]
    )
    assert "| 1.4.3 | color-contrast | 4 | 0 | 0 |" in told
    assert "| `/oppgaver` | 1 | 1 | 1 | 0 |" in told
    assert "| `/utboks` | – | – | – | not looked at by machine |" in told


def test_without_results_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accessibility, "RESULTS", tmp_path)
    assert accessibility.main() == 1
    (tmp_path / "1.jsonl").write_text(json.dumps(look("/inn")) + "\n", encoding="utf-8")
    monkeypatch.setattr(accessibility, "PAGE", tmp_path / "page.md")
    assert accessibility.main() == 0
