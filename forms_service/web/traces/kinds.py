"""What was refused, in one word each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import g

UNCALLED_FOR: Final = "uncalled_for"
"""The guard let nobody through: the page is not for this role, or not for somebody with these ties."""
SIGNED_OUT: Final = "signed_out"
"""Nobody is signed in, and nobody says so."""
FORGED_FORM: Final = "forged_form"
"""The page's own token was missing, or another session's."""
UNKNOWN_SESSION: Final = "unknown_session"
"""A cookie that opens nothing: tampered with, ended, closed or too old."""
LED_ELSEWHERE: Final = "led_elsewhere"
"""Somebody was to be led to an address that is not ours."""
FOREIGN_HOST: Final = "foreign_host"
"""The request was made to another name than the service's own."""
ODD_ADDRESS: Final = "odd_address"
"""What follows the question mark has signs that no address of ours has: markup, or the end of a line."""

BY_STATUS: Mapping[int, str] = {
    400: "not_understood",
    401: SIGNED_OUT,
    404: "not_there",
    405: "wrong_method",
    409: "not_now",
    410: "closed_link",
    413: "too_large",
    422: "not_taken",
    429: "too_often",
}
"""What a status says when nobody has said more."""
ORDINARY = frozenset({SIGNED_OUT, "not_taken", "not_now"})
"""What honest people do every day."""


def note(kind: str) -> None:
    """To be told when the answer is on its way; the same twice is one."""
    g.setdefault("refused", set()).add(kind)


def noted() -> set[str]:
    found: set[str] = g.get("refused", set())
    return found
