"""What the catalogue must say for this service."""

from __future__ import annotations

import pytest

from forms_service.domain.refusal import Refusal
from forms_service.texts import say


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_a_sentence_for_people(refusal: Refusal) -> None:
    assert say(f"casework.refusals.{refusal}").endswith(".")
