"""Values as JSON can keep them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def plain(value: object) -> object:
    """The same value with dates as ISO text, ready to be frozen."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
