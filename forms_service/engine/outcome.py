"""What a verb says when it has done its part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms_service.language.definitions import Step


@dataclass(frozen=True, slots=True)
class Done:
    """The step is finished; the run goes on with what follows."""

    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoTo:
    """The step is finished; the run goes on with another step than the one that follows."""

    step: Step
    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waits:
    """The step waits for a person."""


@dataclass(frozen=True, slots=True)
class Aside:
    """The step stood beside the run's way (a reminder, a round's clock); nothing follows from it."""

    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ends:
    """The run ends."""

    outcome: str


Outcome = Done | GoTo | Waits | Aside | Ends
