"""What the catalogue must say for this service."""

from __future__ import annotations

import pytest

from forms_service.casework.refusals import refusal_words
from forms_service.domain.refusal import Refusal


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_a_sentence_for_people(refusal: Refusal) -> None:
    reason = f"{refusal} 2.5" if refusal is Refusal.TOO_FEW_HOURS else str(refusal)
    assert refusal_words(reason).endswith(".")


def test_a_refusal_for_want_of_hours_says_how_many_are_free() -> None:
    assert "2,5 timer" in refusal_words("too_few_hours 2.5")
