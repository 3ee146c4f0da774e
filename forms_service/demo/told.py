"""What a story tells: ``@name`` is a person or an office, ``{days_ago: n}`` a date; anything else is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from forms_service.engine.runtime import Runtime


def value_of(rt: Runtime, days_ago: int, told: Any, ids: Mapping[str, str]) -> object:
    """``days_ago`` is when it is told: the runtime's clock stands there."""
    if isinstance(told, str) and told.startswith("@"):
        return ids[told[1:]]
    if isinstance(told, dict):
        now = rt.clock.now() + timedelta(days=days_ago)
        return (now - timedelta(days=told["days_ago"])).astimezone(rt.zone).date().isoformat()
    return told
