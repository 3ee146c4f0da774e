"""The eleven indicators, and the number of a case."""

from __future__ import annotations

from pathlib import Path

import yaml

from forms_service.domain.case_number import case_number
from forms_service.domain.indicators import Indicator

FORMS = Path(__file__).parents[3] / "workflows" / "forms"


def test_the_self_evaluation_asks_for_the_eleven_indicators_in_order() -> None:
    form = yaml.safe_load((FORMS / "self_evaluation.yaml").read_text(encoding="utf-8"))
    scales = [field["name"] for section in form["sections"] for field in section["fields"] if field["type"] == "scale"]
    assert scales == [indicator.value for indicator in Indicator]
    assert len(scales) == 11


def test_a_case_number_says_the_year_and_a_number() -> None:
    assert case_number(2026, 1) == "2026-0001"
    assert case_number(2026, 12345) == "2026-12345"
