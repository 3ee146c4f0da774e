"""How often is too often: for each page that is open to all, and counted by what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import request


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


def limits() -> Iterator[tuple[str, Limit]]:
    """What this request is counted as, and how often that may come."""
    token = (request.view_args or {}).get("token")
    if token is not None:
        yield f"link {token}", ONE_LINK
    place = place_of(request.remote_addr or "")
    yield f"place {place}", ONE_PLACE
    if request.blueprint == "sign_in" and request.endpoint != "sign_in.leave":
        yield f"sign in {place}", SIGNING_IN


def place_of(address: str) -> str:
    """An address; of IPv6 the network, since one machine has as many addresses there as it likes."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
