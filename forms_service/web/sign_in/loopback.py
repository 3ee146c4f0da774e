"""Whether a request was made on the machine that answers it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request

PROXIES_SAY = ("x-forwarded-", "forwarded", "via", "x-real-ip", "cf-")
"""How the names of the headers begin that a proxy or a tunnel adds."""


def asked_from_this_machine(request: Request) -> bool:
    """The caller and the address it asked for are both loopback, and no proxy stands between."""
    forwarded = any(name.lower().startswith(PROXIES_SAY) for name in request.headers.keys())  # noqa: SIM118 - pairs
    return not forwarded and _is_loopback(request.remote_addr or "") and _is_loopback(_host_name(request.host))


def is_address_here(base_url: str) -> bool:
    """The service's own address is one that only this machine reaches."""
    return _is_loopback(urlsplit(base_url).hostname or "")


def _host_name(host: str) -> str:
    """The name without its port: "127.0.0.1:8000" and "[::1]:8000" lose it."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
