"""How often is too often: for each page that is open to all, and counted by what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import request

from forms_service.accounts.address import normalised


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so many seconds."""

    most: int
    seconds: int


ONE_LINK = Limit(240, 60)
"""Whoever types without a pause is kept 86 times a minute, and may have the form open twice."""
ONE_PLACE = Limit(600, 60)
"""A whole office may come from one address."""
SIGNING_IN = Limit(60, 60)
ONE_ADDRESS = Limit(10, 300)
"""Tries with one e-mail address from one place; the account itself counts those from all places."""
A_NEW_PASSWORD = Limit(5, 3600)
"""Asked for one e-mail address, from wherever: each brings a message, if anybody is there."""


def limits() -> Iterator[tuple[str, Limit]]:
    """What this request is counted as, and how often that may come."""
    token = (request.view_args or {}).get("token")
    if token is not None:
        yield f"link {token}", ONE_LINK
    place = place_of(request.remote_addr or "")
    yield f"place {place}", ONE_PLACE
    if request.blueprint == "sign_in" and request.endpoint != "sign_in.leave":
        yield f"sign in {place}", SIGNING_IN
        yield from _of_address(place)


def _of_address(place: str) -> Iterator[tuple[str, Limit]]:
    """Counted the same whether anybody has the address or not."""
    address = normalised(request.form.get("email", "")) if request.method == "POST" else ""
    if address and request.endpoint == "sign_in.enter":
        yield f"try {place} {address}", ONE_ADDRESS
    elif address:
        yield f"forgotten {address}", A_NEW_PASSWORD


def place_of(address: str) -> str:
    """An address; of IPv6 the network, since one machine has as many addresses there as it likes."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
