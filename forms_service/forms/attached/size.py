"""How large a file is, as people say it."""

from __future__ import annotations

KILOBYTE, MEGABYTE = 1_000, 1_000_000


def size_words(size: object) -> str:
    """As in "1,4 MB" and "12 kB"."""
    number = size if isinstance(size, int) else 0
    if number >= MEGABYTE:
        return f"{number / MEGABYTE:.1f} MB".replace(".", ",")
    return f"{max(1, round(number / KILOBYTE))} kB"
