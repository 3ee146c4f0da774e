"""The number by which a page and a line of the log know each other."""

from __future__ import annotations

import secrets

from flask import g


def reference() -> str:
    """The number of this request's error, for the page and the log."""
    if "reference" not in g:
        g.reference = secrets.token_hex(4).upper()
    return str(g.reference)
