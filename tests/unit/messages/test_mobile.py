"""Which telephone numbers an SMS can go to."""

from __future__ import annotations

import pytest

from forms_service.messages.mobile import mobile_number


@pytest.mark.parametrize("text", ["41234567", "412 34 567", "+47 41 23 45 67", "0047 41234567", "+47(412)34-567"])
def test_a_norwegian_mobile_number_gets_its_country(text: str) -> None:
    assert mobile_number(text) == "+4741234567"


def test_a_foreign_number_keeps_its_own() -> None:
    assert mobile_number("+46 70 123 45 67") == "+46701234567"


@pytest.mark.parametrize(
    "text",
    ["", "22 33 44 55", "+4722334455", "815 49 300", "112", "4123456", "412345678", "nine", "٤١٢٣٤٥٦٧", "4123456７"],
)
def test_no_sms_goes_to_anything_else(text: str) -> None:
    assert mobile_number(text) == ""
