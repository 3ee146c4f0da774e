"""One number per form and person, kept in the session until used, so that two tabs and two presses make one run."""

from __future__ import annotations

import hashlib
import re
import secrets

from flask import session

KEPT = "nonces"
MOST = 20
"""A session travels in a cookie, so the oldest are let go."""


def nonce_for(key: str) -> str:
    """The number of a form that is being filled in, the same in every tab."""
    return _kept().get(_short(key)) or fresh_nonce(key)


def fresh_nonce(key: str) -> str:
    """A new number: what is sent with it is something new."""
    nonce = secrets.token_hex(16)
    others = [(name, value) for name, value in _kept().items() if name != _short(key)]
    session[KEPT] = dict([*others, (_short(key), nonce)][-MOST:])
    return nonce


def use_up(key: str, nonce: str) -> None:
    """The form was sent: the next one is another."""
    session[KEPT] = {name: value for name, value in _kept().items() if (name, value) != (_short(key), nonce)}


def is_nonce(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{32}", text) is not None


def _kept() -> dict[str, str]:
    return dict(session.get(KEPT, {}))


def _short(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:12]
