"""Whether a request was made on the machine that answers it."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Request

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP")


def asked_from_this_machine(request: Request) -> bool:
    """The caller and the address it asked for are both loopback, and no proxy stands between."""
    forwarded = any(
        name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP")
    )
    return not forwarded and _is_loopback(request.remote_addr or "") and _is_loopback(_host_name(request.host))


def _host_name(host: str) -> str:
    """The name without its port: "127.0.0.1:8000" and "[::1]:8000" lose it."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
