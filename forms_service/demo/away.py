"""An invented person tells that she is away, as she does on her own page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from forms_service.accounts.absence import Absence, keep_absence
from forms_service.accounts.events import By
from forms_service.engine.runtime import Runtime


def be_away(rt: Runtime, person_id: str, told: Mapping[str, object]) -> None:
    """From today where no first day is told; nobody knows the last one where none is told."""
    since, until, stand_in = (told.get(name) for name in ("since", "until", "stand_in"))
    today = rt.day(rt.clock.now())
    absence = Absence(_day(since) or today, _day(until), str(stand_in) if stand_in else None)
    keep_absence(rt, person_id, absence, By(person_id))


def _day(told: object) -> date | None:
    return date.fromisoformat(str(told)) if told else None
