"""The only place that asks what time it is. Every instant is an aware datetime in UTC."""

from __future__ import annotations

from collections.abc import Callable
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


@dataclass(slots=True)
class SteadyClock:
    """A clock that does not believe a sudden leap forward at once: it goes on as before until the leap has lasted.

    So a machine whose clock is set to another year for a moment fires no timers. A clock that is set back is believed,
    and so is one that has leapt while the process was not there to see it.
    """

    clock: Clock
    seconds: Callable[[], float]
    """Counts on evenly whatever the wall clock does, such as time.monotonic."""
    leap: timedelta = timedelta(hours=1)
    hold: timedelta = timedelta(minutes=10)
    _told: datetime | None = None
    _at: float = 0.0
    _leapt_at: float | None = None

    def now(self) -> datetime:
        wall, at = self.clock.now(), self.seconds()
        expected = wall if self._told is None else self._told + timedelta(seconds=at - self._at)
        if wall - expected <= self.leap:
            self._leapt_at = None
        elif self._leapt_at is None:
            self._leapt_at = at
        held = self._leapt_at is not None and timedelta(seconds=at - self._leapt_at) < self.hold
        self._told, self._at = (expected if held else wall), at
        if not held:
            self._leapt_at = None
        return self._told

    @property
    def leapt(self) -> bool:
        """Whether a leap is being waited out."""
        return self._leapt_at is not None


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
