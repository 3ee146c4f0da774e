"""The number a case is known by; it says the year and nothing about the person."""

from __future__ import annotations


def case_number(year: int, number: int) -> str:
    """Such as "2026-0001"."""
    return f"{year}-{number:04}"
