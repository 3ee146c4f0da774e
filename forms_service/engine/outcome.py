"""What a verb says when it has done its part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from forms_service.language.definitions import Step
from forms_service.storage.runs import StepRow


@dataclass(frozen=True, slots=True)
class Done:
    """The step is finished; the run goes on with what follows. ``begun`` are first rows of runs that it started."""

    result: Mapping[str, object] = field(default_factory=dict)
    begun: tuple[StepRow, ...] = ()


@dataclass(frozen=True, slots=True)
class GoTo:
    """The step is finished; the run goes on with another step than the one that follows."""

    step: Step
    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opens:
    """The step waits for steps inside it: each with the number of its item when the step goes through a list."""

    steps: tuple[tuple[Step, int | None], ...]
    result: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Waits:
    """The step waits for a person, or for another run, whose first row ``begun`` is when the step has started it."""

    begun: tuple[StepRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """The step stood beside the run's way (a reminder, a round's clock); nothing follows from it."""

    result: Mapping[str, object] = field(default_factory=dict)
    begun: tuple[StepRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """It is too early: the same row rings once more."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class Ends:
    """The run ends, and with it whatever is open in it."""

    outcome: str


Outcome = Done | GoTo | Opens | Waits | Aside | Again | Ends
