"""What somebody has chosen in a list, as it stands in the address; what is unknown there chooses nothing.

So an address that somebody has kept still leads somewhere.
"""

from __future__ import annotations

from collections.abc import Collection

from flask import request


def chosen(name: str, known: Collection[str], otherwise: str = "") -> str:
    given = request.args.get(name, "")
    return given if given in known else otherwise


def as_given(name: str) -> str:
    """For what the database knows and we do not; it never gets a NUL to read."""
    return request.args.get(name, "").replace("\0", "")


def yes_or_no(name: str, yes: str = "ja", no: str = "nei") -> bool | None:
    return {yes: True, no: False}.get(request.args.get(name, ""))


def kept(*names: str) -> dict[str, str]:
    """The same choice for another address: its file, or the list in another order."""
    return {name: request.args[name] for name in names if request.args.get(name)}
