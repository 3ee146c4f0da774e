"""What somebody must look at, the gravest first: the same list on «Drift» and in the morning's letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from forms_service.engine.heartbeat import Kind
from forms_service.texts import say
from forms_service.upkeep.crew import Crew
from forms_service.upkeep.standstill import Standstill
from forms_service.upkeep.up_to import MOST

QUEUE_WITHIN = timedelta(minutes=15)
"""A step that is due longer than this waits for something that is broken, and not for its turn."""

GRAVE = frozenset({"no_poller", "no_worker", "little_room", "stopped", "uncertain", "unsealed"})
CODES = (
    "no_poller",
    "no_worker",
    "little_room",
    "doorbell_away",
    "queue_late",
    "stopped",
    "uncertain",
    "unsent",
    "letters",
    "digests",
    "gone",
    "unsealed",
)
"""Keys below ``upkeep.matters`` in texts/nb.yaml: one, many, and what to do."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of thing, and how many of it there are."""

    code: str
    count: int = 1

    @property
    def is_grave(self) -> bool:
        return self.code in GRAVE

    @property
    def what(self) -> str:
        return say(f"upkeep.matters.{self.code}.{'one' if self.count == 1 else 'many'}", n=counted(self.count))

    @property
    def advice(self) -> str:
        return say(f"upkeep.matters.{self.code}.do")


def counted(number: int) -> str:
    """As in «12», and «over 1000» where counting has ended."""
    return str(number) if number <= MOST else say("upkeep.over", n=MOST)


def matters_in(found: Standstill, crew: Crew, *, has_room: bool, rings: bool, now: datetime) -> tuple[Matter, ...]:
    """What is told of; empty when all is well."""
    counts = dict(_counts(found, crew, now)) | {"little_room": not has_room, "doorbell_away": not rings}
    return tuple(Matter(code, int(counts[code])) for code in CODES if counts[code])


def _counts(found: Standstill, crew: Crew, now: datetime) -> Iterator[tuple[str, int]]:
    yield "no_poller", not crew.alive(Kind.POLLER)
    yield "no_worker", not crew.alive(Kind.WORKER)
    yield "queue_late", found.oldest_due is not None and now - found.oldest_due > QUEUE_WITHIN
    yield "stopped", found.stopped
    yield "uncertain", found.uncertain
    yield "unsent", found.unsent
    yield "letters", found.letters
    yield "digests", found.digests
    yield "gone", crew.missed
    yield "unsealed", found.unsealed
