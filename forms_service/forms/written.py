"""Numbers as Norwegian writes them."""

from __future__ import annotations


def written(number: int) -> str:
    """As in "12 000"; four digits stand together, so that years read well."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}") if abs(number) >= 10_000 else str(number)
