"""The only place that asks what time it is. Every instant is an aware datetime in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class RealClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True)
class FrozenClock:
    """Stands still until it is moved: for tests and rehearsals."""

    instant: datetime = field(default_factory=lambda: datetime(2026, 1, 15, 9, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.instant

    def move(self, by: timedelta) -> None:
        self.instant += by


@dataclass(frozen=True, slots=True)
class DemoClock:
    """The machine's clock plus the seconds written in a file, so that all processes of a demo move together."""

    file: Path

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.shift())

    def shift(self) -> float:
        try:
            return float(self.file.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0.0

    def set_shift(self, seconds: float) -> None:
        """Write beside and rename, so that no process reads half a number."""
        beside = self.file.with_suffix(".new")
        beside.write_text(str(seconds), encoding="ascii")
        beside.replace(self.file)
