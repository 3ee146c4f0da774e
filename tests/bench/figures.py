"""Figures as they are printed."""

from __future__ import annotations

import socket
import statistics
from collections.abc import Sequence

Seconds = float


def p50(samples: Sequence[Seconds]) -> Seconds:
    return statistics.median(samples)


def p95(samples: Sequence[Seconds]) -> Seconds:
    return sorted(samples)[int(len(samples) * 0.95)]


def p99(samples: Sequence[Seconds]) -> Seconds:
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * 0.99))]


def row(name: str, samples: Sequence[Seconds]) -> str:
    """One line of the table, in milliseconds."""
    return f"{name:<46} p50 {p50(samples) * 1000:8.1f} ms   p95 {p95(samples) * 1000:8.1f} ms   n={len(samples)}"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
