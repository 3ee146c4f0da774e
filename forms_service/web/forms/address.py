"""A form's own address, and what it may say besides: where in the form, who just signed, the language it opened in."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

AT, LOOKED, SIGNED, LANGUAGE = "steg", "sett", "signert", "sprak"


def own_address(**spot: str) -> str:
    """At its beginning, or at a spot. The language was heard when the form was opened, and may be another by now."""
    others = {name: value for name, value in request.args.items() if name not in (AT, LOOKED, SIGNED, LANGUAGE)}
    said = urlencode({**others, **spot})
    return f"{request.path}?{said}" if said else request.path
