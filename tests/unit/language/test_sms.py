"""The short text of a message: what it may say, and how long it may become."""

from __future__ import annotations

import pytest

from forms_service.language.sms_length import parts_of
from tests.unit.language.small import FOLDER, READY, lines


def said(sms: str) -> list[str]:
    return lines({**FOLDER, "messages/ready.yaml": f'{READY}sms: "{sms}"\n'})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("å" * 160, 1),
        ("å" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("«" * 70, 1),
        ("«" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_telephones_put_them_together(text: str, parts: int) -> None:
    assert parts_of(text) == parts


def test_a_short_text_is_well() -> None:
    assert said("Case {{ case_number }}: see {{ link }} before {{ due }}.") == []


def test_it_says_no_more_than_the_body_may() -> None:
    assert said("For {{ customer_name }}") == [
        'messages/ready.yaml:6:14: A message may not say "customer_name". It may say: case_number, due, link, office.'
    ]


def test_a_text_that_becomes_too_long_with_the_longest_link_is_refused() -> None:
    [problem] = said("Hello. " * 30 + "{{ link }}")
    assert "this SMS is 3 messages (" in problem
    assert problem.endswith("2 is the most. Say less.")


def test_letters_that_make_it_twice_as_long_are_named() -> None:
    [problem] = said("«Hello» – " + "hello. " * 12 + "{{ link }}")
    assert problem.endswith("These make it twice as long: «»–.") or "«»–" in problem
