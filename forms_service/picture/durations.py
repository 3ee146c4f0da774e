"""Durations as people say them."""

from __future__ import annotations

from forms_service.language.duration import Duration
from forms_service.texts import say


def duration_words(duration: Duration) -> str:
    """As in «5 arbeidsdager»."""
    return say(f"durations.{_key(duration)}.{'one' if duration.amount == 1 else 'many'}", n=duration.amount)


def every_words(duration: Duration) -> str:
    """As in «hver 6. måned»."""
    return say(f"durations.{_key(duration)}.every{'' if duration.amount == 1 else '_nth'}", n=duration.amount)


def _key(duration: Duration) -> str:
    return str(duration.unit).replace(" ", "_")
